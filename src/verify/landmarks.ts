/**
 * Where a value may turn, jump or vanish, and what it may tend to: looked for on a view of it, and no more than a guess. Whoever
 * tells them claims them, and has each proved.
 */
import type { Claim } from '../ir/claim.js';
import type { Expr } from '../ir/expr.js';
import type { DerivedProgram } from '../ir/program.js';
import type { LimitValue, Toward } from '../proof/derivation.js';
import * as b from '../proof/build.js';
import type { Term } from '../proof/term.js';
import { termText } from '../proof/text.js';
import type { Budget } from './budget.js';
import { limitOf } from './limits/limit.js';
import { contextOf, decide } from './prover/context.js';
import { resolver, substitute } from './prover/substitute.js';
import { tidied } from './prover/tidied.js';
import { hasSelect } from './prover/walk.js';
import { kinksOf } from './properties/kinks.js';
import { fixing, nameOf } from './properties/property.js';
import { viewsOf } from './view/view.js';

export interface Turn {
  readonly at: Term;
  /** The value there. */
  readonly value: Term;
  /** The size of that: both signs where none is known. */
  readonly sizes: readonly Term[];
  /** What it tends to from either side, where a limit is known. */
  readonly below?: LimitValue;
  readonly above?: LimitValue;
}
export interface Landmarks {
  readonly turns: readonly Turn[];
  readonly toInfinity?: LimitValue;
  readonly toMinusInfinity?: LimitValue;
  /** What the largest size may be: the numbers above, and their negatives where no sign is known. */
  readonly sizes: readonly Term[];
}

/** Of the budget, for one limit. */
const LIMIT_SHARE = 60_000;
/** How many turns are looked at, and how many views. */
const [MOST_TURNS, MOST_VIEWS] = [8, 2];

const distinct = (terms: readonly Term[]): readonly Term[] => [
  ...new Map(terms.map((one) => [termText(one), one])).values(),
];

/** Of a value that a claim is about, under the claim's hypotheses; nothing where it cannot be followed. */
export function landmarksOf(
  program: DerivedProgram,
  claim: Claim,
  value: Expr,
  budget: Budget,
): Landmarks | undefined {
  let looked = 0;
  for (const viewed of viewsOf(program, claim, 1, budget)) {
    looked += 1;
    const read = viewed.read(value);
    const fixed = fixing(viewed, read);
    if ('given' in fixed) {
      const context = contextOf(viewed.given);
      const resolved = resolver((one) => decide(context, one));
      const term = resolved.term(read);
      const variable = nameOf(viewed);
      /** The shortest way to write it that is known. */
      const plain = (one: Term): Term => {
        const written = resolved.term(one);
        const normal = tidied(written, context.knowledge);
        return termText(normal).length < termText(written).length ? normal : written;
      };
      const size = (one: Term): readonly Term[] => {
        const isNegative = decide(context, b.literal('>=', b.negated(one)));
        const both = [
          ...(isNegative === true ? [] : [one]),
          ...(isNegative === false ? [] : [b.negated(one)]),
        ];
        return both.map(plain);
      };
      const towards = (toward: Toward): LimitValue | undefined => {
        const question = { variables: viewed.variables, given: fixed.given, term, variable, toward };
        const found = limitOf(question, budget.share(LIMIT_SHARE))?.value;
        return found === undefined || typeof found === 'string' ? found : plain(found);
      };
      const places = distinct(kinksOf(term, variable).map(plain));
      const turns = places
        .filter((at) => !hasSelect(at))
        .slice(0, MOST_TURNS)
        .map((at): Turn => {
          const [below, above] = [towards({ at, side: 'below' }), towards({ at, side: 'above' })];
          const value = plain(substitute(term, new Map([[variable, at]])));
          return {
            at,
            value,
            sizes: size(value),
            ...(below !== undefined && { below }),
            ...(above !== undefined && { above }),
          };
        });
      const [toInfinity, toMinusInfinity] = [towards({ at: 'inf' }), towards({ at: '-inf' })];
      const values = [
        ...turns.flatMap(({ value, below, above }) => [value, below, above]),
        toInfinity,
        toMinusInfinity,
      ];
      const numbers = values.flatMap((one) => (one === undefined || typeof one === 'string' ? [] : [one]));
      return {
        turns,
        sizes: distinct(numbers.flatMap(size)).filter(
          (one) => !hasSelect(one) && (one.op !== 'number' || one.value.n > 0n),
        ),
        ...(toInfinity !== undefined && { toInfinity }),
        ...(toMinusInfinity !== undefined && { toMinusInfinity }),
      };
    }
    if (looked === MOST_VIEWS) return undefined;
  }
  return undefined;
}
