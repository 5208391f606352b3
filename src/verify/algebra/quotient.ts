/** Quotients N/∏D_j^k of polynomials, kept over the factors of their denominators. Every D_j is known to be non-zero. */
import { inverse, ONE, power as numberPower, signOf } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import { floorOf } from './exponent.js';
import * as polynomials from './polynomial.js';
import { contentOf } from './ring.js';
import type { Monomial, Polynomial, Ring } from './ring.js';

export interface Denominator {
  readonly polynomial: Polynomial;
  /** A whole number above 0. */
  readonly to: number;
}
export interface Quotient {
  readonly numerator: Polynomial;
  /** By their keys, each once. */
  readonly denominators: ReadonlyMap<string, Denominator>;
}

const NO_DENOMINATORS: ReadonlyMap<string, Denominator> = new Map();
export const ofPolynomial = (numerator: Polynomial): Quotient => ({
  numerator,
  denominators: NO_DENOMINATORS,
});
export const ofNumber = (ring: Ring, value: Rational): Quotient =>
  ofPolynomial(polynomials.constant(ring, value));

/** A monomial, negative powers of roots turned into denominators: P^(−1/3) is P^(2/3)/P. */
export function ofMonomial(ring: Ring, monomial: Monomial, coefficient: Rational = ONE): Quotient {
  let out = ofPolynomial(polynomials.single(monomial, coefficient));
  if (!monomial.reducible) return out;
  for (const { of, to } of monomial.powers) {
    const whole = of.kind === 'root' ? floorOf(to) : 0;
    if (whole === 0 || of.base === undefined) continue;
    const [entry] = of.base;
    const left = polynomials.timesMonomial(ring, out.numerator, ring.power(of, -whole));
    out = { ...out, numerator: left };
    const number = of.base.size === 1 && entry?.[0] === ring.unit ? entry[1] : undefined;
    if (number !== undefined)
      out = { ...out, numerator: polynomials.scaled(left, numberPower(number, whole)) };
    else out = multiply(ring, out, powerOf(ring, of.base, whole));
  }
  return out;
}

/** A primitive polynomial to a whole power; a negative one makes a denominator of it. */
export function powerOf(ring: Ring, polynomial: Polynomial, to: number): Quotient {
  if (to >= 0) return ofPolynomial(polynomials.power(ring, polynomial, to));
  const denominators = new Map([[ring.key(polynomial), { polynomial, to: -to }]]);
  return { numerator: polynomials.constant(ring, ONE), denominators };
}

export function multiply(ring: Ring, a: Quotient, b: Quotient): Quotient {
  if (a.numerator.size === 0) return a;
  if (b.numerator.size === 0) return b;
  const [left, under] = cancelled(ring, a.numerator, b.denominators);
  const [right, below] = cancelled(ring, b.numerator, a.denominators);
  if (below.size === 0) return { numerator: polynomials.times(ring, left, right), denominators: under };
  const denominators = new Map(under);
  for (const [key, one] of below) {
    const other = denominators.get(key);
    denominators.set(key, other === undefined ? one : { ...one, to: one.to + other.to });
  }
  return { numerator: polynomials.times(ring, left, right), denominators };
}

export function sum(ring: Ring, all: readonly Quotient[]): Quotient {
  const common = new Map<string, Denominator>();
  for (const { denominators } of all)
    for (const [key, one] of denominators) if ((common.get(key)?.to ?? 0) < one.to) common.set(key, one);
  let numerator = polynomials.NOTHING;
  for (const one of all) {
    let term = one.numerator;
    for (const [key, { polynomial, to }] of common) {
      const missing = to - (one.denominators.get(key)?.to ?? 0);
      for (let times = 0; times < missing; times += 1) term = polynomials.times(ring, term, polynomial);
    }
    numerator = polynomials.add(numerator, term);
  }
  const [left, denominators] = cancelled(ring, numerator, common);
  return { numerator: left, denominators };
}

/** Divides denominators out of the numerator, as often as that leaves nothing over. */
function cancelled(
  ring: Ring,
  numerator: Polynomial,
  denominators: ReadonlyMap<string, Denominator>,
): readonly [Polynomial, ReadonlyMap<string, Denominator>] {
  if (numerator.size === 0 || denominators.size === 0) return [numerator, NO_DENOMINATORS];
  let left = numerator;
  const kept = new Map<string, Denominator>();
  for (const [key, one] of denominators) {
    let { to } = one;
    for (; to > 0; to -= 1) {
      const less = polynomials.divided(ring, left, one.polynomial);
      if (less === undefined) break;
      left = less;
    }
    if (to > 0) kept.set(key, { polynomial: one.polynomial, to });
  }
  return [left, kept];
}

export const scaled = (a: Quotient, by: Rational): Quotient =>
  signOf(by) === 0
    ? ofPolynomial(polynomials.NOTHING)
    : { numerator: polynomials.scaled(a.numerator, by), denominators: a.denominators };

/** Equal quotients that were reached in the same way have equal keys. */
export const keyOf = (ring: Ring, { numerator, denominators }: Quotient): string =>
  denominators.size === 0 ? ring.key(numerator) : `${ring.key(numerator)} / ${denominatorsKey(denominators)}`;
const denominatorsKey = (denominators: ReadonlyMap<string, Denominator>): string =>
  [...denominators]
    .map(([key, { to }]) => `(${key})^${String(to)}`)
    .sort()
    .join(' ');

/** The same up to its rational factor, and that factor. */
export function upToFactor(a: Quotient): readonly [Quotient, Rational] {
  const content = contentOf(a.numerator);
  return [scaled(a, inverse(content)), content];
}

/** Equal for quotients that are equal up to a rational factor, and whether that factor makes the leading coefficient negative. */
export function matchOf(ring: Ring, { numerator, denominators }: Quotient): readonly [string, boolean] {
  const [key, isTurned] = ring.match(numerator);
  return [denominators.size === 0 ? key : `${key} / ${denominatorsKey(denominators)}`, isTurned];
}

/** Its value, if it is a number. */
export function numberOf(ring: Ring, { numerator, denominators }: Quotient): Rational | undefined {
  if (numerator.size === 0) return { n: 0n, d: 1n };
  if (numerator.size > 1 || denominators.size > 0) return undefined;
  return numerator.get(ring.unit);
}
