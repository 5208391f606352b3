/** Facts that other steps need and the context does not hold as they stand: signs of denominators, of arguments, of variables. */
import * as build from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition, Literal, Term } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { exponentIn } from './ring.js';
import type { Generator } from './ring.js';
import type { Fact, Zero } from './facts.js';
import { decide, signsOfGenerator } from './knowledge.js';
import type { Knowledge } from './knowledge.js';
import { generatorsOf, searchSum } from './search.js';
import { isSubset, NEGATIVE, NONNEGATIVE, NULL } from './signs.js';
import * as polynomials from './polynomial.js';

export interface Had {
  readonly fact: Literal;
  readonly by: Derivation;
}
type Prove = (negation: Literal, budget: Budget) => Derivation | undefined;

const MOST = 6;

/** What opaque operations want and what is plain as it is written, though not in normal form. */
export function plainlyWanted(known: Knowledge): readonly Had[] {
  return [...known.opaque.entries()].flatMap(([{ wants }]) => {
    const fact =
      wants !== undefined && build.isLiteral(wants)
        ? strongerThan(wants).find((one) => decide(one, known) === true)
        : undefined;
    return fact === undefined ? [] : [{ fact, by: { rule: 'absurd' } }];
  });
}

/** The first thing an opaque operation wants and that can be proved. */
export function wanted(known: Knowledge, prove: Prove, budget: Budget): Had | undefined {
  let tried = 0;
  for (const [{ wants }] of known.opaque.entries()) {
    if (wants === undefined || !build.isLiteral(wants) || tried >= MOST) continue;
    tried += 1;
    for (const fact of strongerThan(wants)) {
      if (decide(fact, known) !== undefined) continue;
      const negation = build.not(fact);
      const by = build.isLiteral(negation) ? prove(negation, budget.share(2_000)) : undefined;
      if (by !== undefined) return { fact, by };
    }
  }
  return undefined;
}

function strongerThan({ op, x }: Literal): readonly Literal[] {
  const above: Literal = { op: '>', x };
  if (op === '!=') return [above, { op: '>', x: build.negated(x) }];
  return op === '>=' ? [above, { op, x }] : [{ op, x }];
}

/** Signs of generators that follow from the facts by addition alone. */
export function derivedSigns(
  facts: readonly Fact[],
  zeros: readonly Zero[],
  known: Knowledge,
  budget: Budget,
): readonly Had[] {
  const open = new Set<Generator>();
  for (const { polynomial } of facts) for (const one of generatorsOf(polynomial)) open.add(one);
  const out: Had[] = [];
  for (const generator of open) {
    const signs = signsOfGenerator(generator, known);
    if (isSubset(signs, NONNEGATIVE) || isSubset(signs, NEGATIVE + NULL) || out.length >= MOST) continue;
    const had = signOf(generator, facts, zeros, known, budget);
    if (had !== undefined) out.push(had);
  }
  return out;
}

function signOf(
  generator: Generator,
  facts: readonly Fact[],
  zeros: readonly Zero[],
  known: Knowledge,
  budget: Budget,
): Had | undefined {
  const own = known.ring.power(generator, 1);
  for (const isAbove of [true, false]) {
    const bounds = facts.some(({ polynomial }) => {
      const coefficient = polynomial.get(own);
      return (
        coefficient !== undefined && coefficient.n > 0n === isAbove && !isNonlinear(polynomial, generator)
      );
    });
    if (!bounds) continue;
    const [x, other] = [generator.term, build.negated(generator.term)];
    const [own_, opposite]: readonly [Term, Term] = isAbove ? [x, other] : [other, x];
    for (const op of ['>', '>='] as const) {
      const fact: Literal = { op, x: own_ };
      const negation: Literal = { op: op === '>' ? '>=' : '>', x: opposite };
      const polynomial = polynomials.single(own, { n: isAbove ? -1n : 1n, d: 1n });
      const assumed: Fact = { polynomial, strict: negation.op === '>', factors: [{ fact: negation }] };
      const sum = searchSum([...facts, assumed], zeros, known, budget, { level: 0 });
      if (sum !== undefined) return { fact, by: { rule: 'contradiction', sum } };
    }
  }
  return undefined;
}
const isNonlinear = (polynomial: Fact['polynomial'], generator: Generator): boolean =>
  [...polynomial.keys()].some((one) => one.powers.length > 1 && exponentIn(one, generator) !== 0);

export const having = (had: readonly Had[], then: Derivation): Derivation =>
  had.reduceRight<Derivation>(
    (rest, { fact, by }) => ({ rule: 'have', fact: fact satisfies Condition, by, then: rest }),
    then,
  );
