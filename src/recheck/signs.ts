/**
 * What is plainly positive, and what a context's literals say of signs (§1: plainly positive, matching). A set of signs
 * says which of negative, zero and positive a number can be; sums and products of sets are exact for independent numbers.
 */
import { ONE, absolute, inverse, isEven, isWhole, sign, type Rational } from './rational.js';
import {
  constantOf,
  content,
  keyOfPolynomial,
  leading,
  multiply,
  ofMonomial,
  scale,
  single,
  summands,
} from './polynomial.js';
import type { Factor, Generator, Polynomial } from './polynomial.js';
import type { Relation } from './term.js';

/** A set of signs, as bits. */
export type Signs = number;
export const [NEGATIVE, ZERO, POSITIVE] = [1, 2, 4];
export const ANY: Signs = NEGATIVE | ZERO | POSITIVE;
export const SIGNS_OF: Readonly<Record<Relation, Signs>> = {
  '>=': ZERO | POSITIVE,
  '>': POSITIVE,
  '==': ZERO,
  '!=': NEGATIVE | POSITIVE,
};

/** What is known in a context: true of every model of it. */
export interface Facts {
  /** By the key of a polynomial whose first coefficient is 1. */
  readonly signs: ReadonlyMap<string, Signs>;
  readonly flags: ReadonlyMap<string, boolean>;
}
export const NO_FACTS: Facts = { signs: new Map(), flags: new Map() };

export const isWithin = (found: Signs, allowed: Signs): boolean => (found & ~allowed) === 0;
export const opposite = (signs: Signs): Signs =>
  (signs & ZERO) | (signs & NEGATIVE ? POSITIVE : 0) | (signs & POSITIVE ? NEGATIVE : 0);
export const signsOfNumber = (value: Rational): Signs =>
  sign(value) > 0 ? POSITIVE : sign(value) < 0 ? NEGATIVE : ZERO;

const EACH = [NEGATIVE, ZERO, POSITIVE];
const pairs = (a: Signs, b: Signs, join: (x: Signs, y: Signs) => Signs): Signs =>
  EACH.filter((x) => (a & x) !== 0)
    .flatMap((x) => EACH.filter((y) => (b & y) !== 0).map((y) => join(x, y)))
    .reduce((all, one) => all | one, 0);
export const sumSigns = (a: Signs, b: Signs): Signs =>
  pairs(a, b, (x, y) => (x === ZERO ? y : y === ZERO || x === y ? x : ANY));
export const productSigns = (a: Signs, b: Signs): Signs =>
  pairs(a, b, (x, y) => (x === ZERO || y === ZERO ? ZERO : x === y ? POSITIVE : NEGATIVE));

/** Of a power of what has these signs: anything where it might have no value. */
export function powerSigns(base: Signs, exponent: Rational): Signs {
  const isTotal = sign(exponent) > 0 || (base & ZERO) === 0;
  if (isWhole(exponent)) {
    if (!isTotal) return ANY;
    return isEven(exponent) ? (base & ZERO) | (base & (NEGATIVE | POSITIVE) ? POSITIVE : 0) : base;
  }
  return isTotal && (base & NEGATIVE) === 0 ? base : ANY;
}

function generatorSigns(generator: Generator, facts: Facts): Signs {
  const known = facts.signs.get(keyOfPolynomial(single(generator))) ?? ANY;
  switch (generator.kind) {
    case 'pi':
    case 'exp':
    case 'prime':
      return POSITIVE;
    case 'sum':
      return known & signsOf(generator.of, facts);
    case 'select':
      return known & (signsOf(generator.then, facts) | signsOf(generator.else, facts));
    case 'variable':
    case 'log':
    case 'power':
      return known;
  }
}

const factorSigns = ({ generator, exponent }: Factor, facts: Facts): Signs => {
  const base = generatorSigns(generator, facts);
  // A negative or fractional exponent is written only where the base is known to allow it.
  const allowed = (sign(exponent) < 0 ? ~ZERO : ANY) & (isWhole(exponent) ? ANY : ~NEGATIVE);
  return powerSigns(base & allowed, exponent);
};
export const isPositiveFactor = (factor: Factor, facts: Facts): boolean =>
  factorSigns(factor, facts) === POSITIVE;

/** The signs that a polynomial can have: what its shape shows and what a matching literal says. */
export function signsOf(p: Polynomial, facts: Facts): Signs {
  const value = constantOf(p);
  if (value !== undefined) return signsOfNumber(value);
  const parts = summands(p).map(({ monomial: { factors }, coefficient }) =>
    factors.reduce(
      (signs, factor) => productSigns(signs, factorSigns(factor, facts)),
      signsOfNumber(coefficient),
    ),
  );
  const plain = parts.reduce(sumSigns, ZERO);
  const { key, isFlipped } = matchOf(p, facts);
  const known = facts.signs.get(key) ?? ANY;
  return plain & (isFlipped ? opposite(known) : known);
}

/** What two literals are compared by: the polynomial without positive factors, and whether its sign was turned. */
export function matchOf(p: Polynomial, facts: Facts): { readonly key: string; readonly isFlipped: boolean } {
  const { shared, rest } = content(p);
  const kept = shared.filter((factor) => !isPositiveFactor(factor, facts));
  const isBare = kept.length === shared.length || (rest.size === 1 && kept.length === 0);
  const stripped = isBare ? p : multiply(rest, ofMonomial(kept));
  const first = leading(stripped)?.coefficient ?? ONE;
  return {
    key: keyOfPolynomial(scale(stripped, inverse(first))),
    isFlipped: sign(absolute(first)) !== sign(first),
  };
}
