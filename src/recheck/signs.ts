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
/** Of all pairs of sets, by the first one times 8 plus the second. */
const pairs = (join: (x: Signs, y: Signs) => Signs): readonly Signs[] =>
  Array.from({ length: 64 }, (_, index) =>
    EACH.filter((x) => ((index >> 3) & x) !== 0)
      .flatMap((x) => EACH.filter((y) => (index & y) !== 0).map((y) => join(x, y)))
      .reduce((all, one) => all | one, 0),
  );
const SUMS = pairs((x, y) => (x === ZERO ? y : y === ZERO || x === y ? x : ANY));
const PRODUCTS = pairs((x, y) => (x === ZERO || y === ZERO ? ZERO : x === y ? POSITIVE : NEGATIVE));
export const sumSigns = (a: Signs, b: Signs): Signs => SUMS[(a << 3) | b] ?? ANY;
export const productSigns = (a: Signs, b: Signs): Signs => PRODUCTS[(a << 3) | b] ?? ANY;

/** Of a power of what has these signs: anything where it might have no value. */
export function powerSigns(base: Signs, exponent: Rational): Signs {
  const isTotal = sign(exponent) > 0 || (base & ZERO) === 0;
  if (isWhole(exponent)) {
    if (!isTotal) return ANY;
    return isEven(exponent) ? (base & ZERO) | (base & (NEGATIVE | POSITIVE) ? POSITIVE : 0) : base;
  }
  return isTotal && (base & NEGATIVE) === 0 ? base : ANY;
}

/** The key of a generator as a polynomial. */
function keyOfGenerator(generator: Generator): string {
  const known = keys.get(generator);
  if (known !== undefined) return known;
  const key = keyOfPolynomial(single(generator));
  keys.set(generator, key);
  return key;
}
const keys = new WeakMap<Generator, string>();

function generatorSigns(generator: Generator, facts: Facts): Signs {
  const known = facts.signs.get(keyOfGenerator(generator)) ?? ANY;
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
export interface Match {
  readonly key: string;
  readonly isFlipped: boolean;
}
export function matchOf(p: Polynomial, facts: Facts): Match {
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
