/** Candidates for the summands of a contradiction: products of facts, multipliers, squares, and multiples of equalities. */
import type { Factor, Summand } from '../../proof/derivation.js';
import * as build from '../../proof/build.js';
import { MINUS_ONE, ONE } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Fact, Zero } from './facts.js';
import type { Knowledge } from './knowledge.js';
import { factorsOf, multiplierOf } from './multiplier.js';
import type { Multiplier } from './multiplier.js';
import * as polynomials from './polynomial.js';
import type { Monomial, Polynomial, Ring } from './ring.js';
import { signOfExponent } from './exponent.js';
import { signsOfGenerator } from './knowledge.js';
import { isSubset, NONZERO } from './signs.js';
import { termOfMonomial } from './written.js';

export interface Candidate {
  readonly polynomial: Polynomial;
  readonly strict: boolean;
  /** Whose product it is; most candidates are never asked. */
  readonly factors: () => readonly Factor[];
}

export const asCandidate = (one: Fact): Candidate => ({ ...one, factors: () => one.factors });

export const multiplied = (fact: Fact, by: Multiplier, known: Knowledge): Candidate => ({
  polynomial: polynomials.timesMonomial(known.ring, fact.polynomial, by.monomial, by.sign),
  strict: fact.strict && by.strict,
  factors: () => [...fact.factors, ...factorsOf(by, known)],
});
export const plain = (by: Multiplier, known: Knowledge): Candidate => ({
  polynomial: polynomials.single(by.monomial, by.sign),
  strict: by.strict,
  factors: () => factorsOf(by, known),
});
export const productOf = (a: Fact, b: Fact, ring: Ring): Fact => ({
  polynomial: polynomials.times(ring, a.polynomial, b.polynomial),
  strict: a.strict && b.strict,
  factors: [...a.factors, ...b.factors],
});

/** The multiple of an equality by a monomial, and its negative. */
export function multiplesOf(zero: Zero, by: Monomial, { ring }: Knowledge): readonly Candidate[] {
  const one = (sign: Rational): Candidate => ({
    polynomial: polynomials.timesMonomial(ring, zero.polynomial, by, sign),
    strict: false,
    factors: () => {
      const times = build.product(build.number(sign), zero.by, termOfMonomial(by));
      return [{ zero: zero.literal, times }];
    },
  });
  return [one(ONE), one(MINUS_ONE)];
}

/** Whether a monomial may be written at all: negative powers are of what is not 0. */
export const isDefined = (monomial: Monomial, known: Knowledge): boolean =>
  monomial.powers.every(
    ({ of, to }) =>
      (typeof to === 'number' && to > 0) ||
      isSubset(signsOfGenerator(of, known), NONZERO) ||
      (signOfExponent(to) > 0 && multiplierOf(monomial, known) !== undefined),
  );

export const summandOf = ({ factors }: Candidate, times: Rational): Summand => ({ times, of: factors() });

/** The sum of weighted candidates. */
export function total(weighted: readonly (readonly [Candidate, Rational])[]): Polynomial {
  let out = polynomials.NOTHING;
  for (const [{ polynomial }, weight] of weighted)
    out = polynomials.add(out, polynomials.scaled(polynomial, weight));
  return out;
}
