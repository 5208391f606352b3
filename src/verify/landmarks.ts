/**
 * Where a value may turn, jump or vanish, and what it may tend to: looked for on a view of it, and no more than a guess. Whoever
 * tells them claims them, and has each proved.
 */
import type { Claim } from '../ir/claim.js';
import type { Expr } from '../ir/expr.js';
import type { DerivedProgram } from '../ir/program.js';
import type { LimitValue, Toward } from '../proof/derivation.js';
import * as b from '../proof/build.js';
import type { Condition, Term } from '../proof/term.js';
import { termText } from '../proof/text.js';
import type { Budget } from './budget.js';
import { limitOf } from './limits/limit.js';
import { contextOf, decide } from './prover/context.js';
import { derivative } from './prover/derivative.js';
import { resolver, substitute } from './prover/substitute.js';
import { tidied } from './prover/tidied.js';
import { hasSelect } from './prover/walk.js';
import { branchesOf, kinksOf } from './properties/kinks.js';
import { fixing, nameOf } from './properties/property.js';
import { peaksOf } from './properties/stationary.js';
import { viewsOf, type Viewed } from './view/view.js';

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
  const seen = observed(program, claim, value, budget);
  if (seen === undefined) return undefined;
  const { term, sizes, toward, at } = seen;
  const turns = seen.kinks.map((place): Turn => {
    const sides = (['below', 'above'] as const).map((side) => toward(term, { at: place, side }));
    const [below, above] = sides;
    const here = at(term, place);
    return {
      at: place,
      value: here,
      sizes: sizes(here),
      ...(below !== undefined && { below }),
      ...(above !== undefined && { above }),
    };
  });
  const [toInfinity, toMinusInfinity] = [toward(term, { at: 'inf' }), toward(term, { at: '-inf' })];
  const values = [
    ...turns.flatMap(({ value: here, below, above }) => [here, below, above]),
    ...seen.peaks(term),
    toInfinity,
    toMinusInfinity,
  ];
  return {
    turns,
    sizes: largest(values, sizes),
    ...(toInfinity !== undefined && { toInfinity }),
    ...(toMinusInfinity !== undefined && { toMinusInfinity }),
  };
}

/** What the size of the value's slope may be at most: where the slope is stationary, at both ends and on both sides of its turns. */
export function slopesOf(
  program: DerivedProgram,
  claim: Claim,
  value: Expr,
  budget: Budget,
): readonly Term[] {
  const seen = observed(program, claim, value, budget);
  if (seen === undefined) return [];
  const slope = derivative(seen.term, seen.variable);
  const beside = seen.kinks.flatMap((place) =>
    (['below', 'above'] as const).map((side) => seen.toward(slope, { at: place, side })),
  );
  const values = [
    ...seen.peaks(slope),
    ...beside,
    ...branchesOf(slope).flatMap((branch) => [
      seen.toward(branch, { at: 'inf' }),
      seen.toward(branch, { at: '-inf' }),
    ]),
  ];
  return largest(values, seen.sizes);
}

type Sizes = (one: Term) => readonly Term[];

const largest = (values: readonly (LimitValue | undefined)[], sizes: Sizes): readonly Term[] =>
  distinct(values.flatMap((one) => (one === undefined || typeof one === 'string' ? [] : sizes(one)))).filter(
    (one) => !hasSelect(one) && (one.op !== 'number' || one.value.n > 0n),
  );

/** A value on the first view of a claim on which it can be followed. */
interface Observed {
  readonly term: Term;
  readonly variable: string;
  /** Where its conditions turn. */
  readonly kinks: readonly Term[];
  /** What the branches of a term are where their slopes are 0. */
  readonly peaks: (term: Term) => readonly Term[];
  readonly at: (term: Term, place: Term) => Term;
  readonly toward: (term: Term, toward: Toward) => LimitValue | undefined;
  /** The size of a number: both signs where none is known. */
  readonly sizes: Sizes;
}

function observed(program: DerivedProgram, claim: Claim, value: Expr, budget: Budget): Observed | undefined {
  let looked = 0;
  for (const viewed of viewsOf(program, claim, 1, budget)) {
    looked += 1;
    const read = viewed.read(value);
    const fixed = fixing(viewed, read);
    if ('given' in fixed) return observedIn(viewed, read, fixed.given, budget);
    if (looked === MOST_VIEWS) return undefined;
  }
  return undefined;
}

function observedIn(viewed: Viewed, read: Term, given: readonly Condition[], budget: Budget): Observed {
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
  const few = (all: readonly Term[]): readonly Term[] =>
    distinct(all.map(plain))
      .filter((one) => !hasSelect(one))
      .slice(0, MOST_TURNS);
  return {
    term,
    variable,
    kinks: few(kinksOf(term, variable)),
    peaks: (of) => few(peaksOf(of, variable, viewed.given).map(({ value }) => value)),
    at: (of, place) => plain(substitute(of, new Map([[variable, place]]))),
    toward: (of, toward) => {
      const question = { variables: viewed.variables, given, term: of, variable, toward };
      const found = limitOf(question, budget.share(LIMIT_SHARE))?.value;
      return found === undefined || typeof found === 'string' ? found : plain(found);
    },
    sizes: (one) => {
      const isNegative = decide(context, b.literal('>=', b.negated(one)));
      const both = [...(isNegative === true ? [] : [one]), ...(isNegative === false ? [] : [b.negated(one)])];
      return both.map(plain);
    },
  };
}
