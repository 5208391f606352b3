/** Contradictions among select-free literals, by algebra alone: weights for products of facts, after what they need is made known. */
import * as build from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Literal } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { equationIn, replaced } from './equations.js';
import { factOf, zeroOf } from './facts.js';
import type { Fact, Zero } from './facts.js';
import { closeOnLine } from './interval-polynomials.js';
import { decide, extended, isAbsurd, knowledgeOf, signsOfGenerator } from './knowledge.js';
import type { Knowledge } from './knowledge.js';
import { derivedSigns, having, plainlyWanted, wanted } from './needs.js';
import type { Generator } from './ring.js';
import { generatorsOf, searchSum } from './search.js';
import { shifted } from './shifts.js';
import { isSubset, NEGATIVE, NONNEGATIVE, NONZERO, NULL } from './signs.js';

/** How much may be tried. */
export interface Effort {
  /** Proofs of what is needed on the way that may still be begun. */
  readonly nested: number;
  /** Distinctions by a variable's sign that may still be made. */
  readonly splits: number;
  /** How many facts are multiplied: see `search.ts`. */
  readonly level: number;
}
const FULL: Effort = { nested: 4, splits: 2, level: 3 };
/** For what is needed on the way. */
const SMALL: Effort = { nested: 0, splits: 0, level: 1 };

/**
 * A derivation that ends in contradictions, from the literals alone; nothing where none was found. The last literal is taken for
 * the negated goal where it matters which one is.
 */
export function closeLiterals(
  literals: readonly Literal[],
  budget: Budget,
  effort: Effort = FULL,
): Derivation | undefined {
  if (!budget.spend(20 + 10 * literals.length)) return undefined;
  return closing(knowledgeOf(literals), budget, effort);
}

function closing(known: Knowledge, budget: Budget, effort: Effort): Derivation | undefined {
  if (!budget.spend(5)) return undefined;
  if (isAbsurd(known)) return { rule: 'absurd' };
  const last = known.literals[known.literals.length - 1];
  if (last?.op === '!=' && isOpen(last, known)) return bySign(last, known, budget, effort);
  const equation = equationIn(known);
  if (equation !== undefined) {
    const then = closeLiterals(replaced(known.literals, equation), budget, effort);
    return then && { rule: 'substitute', ...equation, then };
  }
  const system = readLiterals(known);
  const sum = searchSum(system.facts, system.zeros, known, budget, { level: 0 });
  if (sum !== undefined) return { rule: 'contradiction', sum };
  return (
    (effort.nested > 0 ? withWanted(known, budget, effort) : undefined) ??
    byProducts(system, known, budget, effort)
  );
}

const isOpen = ({ x }: Literal, known: Knowledge): boolean =>
  decide({ op: '>', x }, known) === undefined && decide({ op: '>=', x }, known) === undefined;

interface System {
  readonly facts: readonly Fact[];
  readonly zeros: readonly Zero[];
}
function readLiterals(known: Knowledge): System {
  const facts = known.literals.flatMap((literal) => {
    if (literal.op !== '>' && literal.op !== '>=') return [];
    const strict: Literal = { op: '>', x: literal.x };
    return [factOf(literal.op === '>=' && decide(strict, known) === true ? strict : literal, known)];
  });
  const zeros = known.literals.flatMap((literal) => (literal.op === '==' ? [zeroOf(literal, known)] : []));
  return { facts, zeros };
}

/** With something more known, everything is read anew. */
function withWanted(known: Knowledge, budget: Budget, effort: Effort): Derivation | undefined {
  const prove = (negation: Literal, share: Budget): Derivation | undefined =>
    closing(extended(known, [negation]), share, SMALL);
  const plain = plainlyWanted(known);
  const had = plain.length > 0 ? plain : [wanted(known, prove, budget)].filter((one) => one !== undefined);
  if (had.length === 0) return undefined;
  const more = had.map(({ fact }) => fact);
  const then = closing(extended(known, more), budget, { ...effort, nested: effort.nested - 1 });
  return then && having(had, then);
}

function byProducts(
  system: System,
  known: Knowledge,
  budget: Budget,
  effort: Effort,
): Derivation | undefined {
  const { facts, zeros } = system;
  const early = searchSum(facts, zeros, known, budget, { level: Math.min(1, effort.level) });
  if (early !== undefined) return { rule: 'contradiction', sum: early };
  const onLine = closeOnLine(facts, known, budget);
  if (onLine !== undefined || effort.level < 2) return onLine;
  const signs = effort.nested > 0 ? derivedSigns(facts, zeros, known, budget) : [];
  if (signs.length > 0) {
    const more = extended(
      known,
      signs.map(({ fact }) => fact),
    );
    const then = closing(more, budget, { ...effort, nested: effort.nested - 1 });
    return then && having(signs, then);
  }
  const moved = shifted(system, known);
  const inMoved = moved && searchSum(moved.facts, moved.zeros, moved.known, budget, { level: 1 });
  if (inMoved !== undefined) return { rule: 'contradiction', sum: inMoved };
  const late = searchSum(facts, zeros, known, budget, { level: 2 });
  if (late !== undefined) return { rule: 'contradiction', sum: late };
  const split = effort.splits > 0 ? byVariable(facts, known, budget, effort) : undefined;
  if (split !== undefined || effort.level < 3) return split;
  const last = searchSum(facts, zeros, known, budget, { level: 3 });
  return last && { rule: 'contradiction', sum: last };
}

/** t ≠ 0: t is above 0, or below. */
function bySign({ x }: Literal, known: Knowledge, budget: Budget, effort: Effort): Derivation | undefined {
  const on: Literal = { op: '>', x };
  const then = closing(extended(known, [on]), budget, effort);
  const otherwise = then && closing(extended(known, [{ op: '>=', x: build.negated(x) }]), budget, effort);
  return then && otherwise && { rule: 'cases', on, then, else: otherwise };
}

/** A variable of unknown sign by which something is multiplied is non-negative, or negative. */
function byVariable(
  facts: readonly Fact[],
  known: Knowledge,
  budget: Budget,
  effort: Effort,
): Derivation | undefined {
  const generator = mostUsed(facts, known);
  if (generator === undefined) return undefined;
  const x = generator.term;
  const isNonZero = isSubset(signsOfGenerator(generator, known), NONZERO);
  const on: Literal = { op: isNonZero ? '>' : '>=', x };
  const off: Literal = { op: isNonZero ? '>=' : '>', x: build.negated(x) };
  const less = { ...effort, splits: effort.splits - 1 };
  const then = closing(extended(known, [on]), budget, less);
  const otherwise = then && closing(extended(known, [off]), budget, less);
  return then && otherwise && { rule: 'cases', on, then, else: otherwise };
}

function mostUsed(facts: readonly Fact[], known: Knowledge): Generator | undefined {
  const uses = new Map<Generator, number>();
  for (const { polynomial } of facts)
    for (const generator of generatorsOf(polynomial)) {
      const signs = signsOfGenerator(generator, known);
      if (isSubset(signs, NONNEGATIVE) || isSubset(signs, NEGATIVE + NULL)) continue;
      const times = [...polynomial.keys()].filter(
        ({ powers }) => powers.length > 1 && powers.some(({ of, to }) => of === generator && to !== 2),
      ).length;
      if (times > 0) uses.set(generator, (uses.get(generator) ?? 0) + times);
    }
  return [...uses].sort(([, a], [, b]) => b - a)[0]?.[0];
}
