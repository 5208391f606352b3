/**
 * Polynomials with rational coefficients over generators, whose exponents may be negative or fractional (§1, normal form).
 * What may be merged, and when, is decided in `normal.ts`; here is arithmetic that holds for any numbers, provided that
 * a generator with a negative exponent is not 0, and one with a fractional exponent is not negative.
 */
import {
  ONE,
  ZERO,
  equal,
  floor,
  minus,
  opposite,
  over,
  plus,
  raised,
  sign,
  text,
  times,
  whole,
} from './rational.js';
import type { Rational } from './rational.js';
import { reject } from './rejection.js';
import type { Condition } from './term.js';

export type Generator = { readonly key: string } & (
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'pi' }
  /** A prime number under a root: its exponents lie between 0 and 1. */
  | { readonly kind: 'prime'; readonly value: Rational }
  /** e to a monomial with coefficient 1. */
  | { readonly kind: 'exp'; readonly of: Polynomial }
  | { readonly kind: 'log'; readonly of: Polynomial }
  /** A sum as one factor: with exponents below 1, since whole powers are multiplied out. */
  | { readonly kind: 'sum'; readonly of: Polynomial }
  /** A power of which it is not known that it has a value: never merged with another. */
  | { readonly kind: 'power'; readonly base: Polynomial; readonly exponent: Rational }
  | { readonly kind: 'select'; readonly if: Condition; readonly then: Polynomial; readonly else: Polynomial }
);

export interface Factor {
  readonly generator: Generator;
  readonly exponent: Rational;
}
export interface Monomial {
  readonly key: string;
  /** In the order of the generators' keys, no exponent 0. */
  readonly factors: readonly Factor[];
}
export interface Summand {
  readonly monomial: Monomial;
  readonly coefficient: Rational;
}
/** By the keys of the monomials; no coefficient is 0. */
export type Polynomial = ReadonlyMap<string, Summand>;

/** More summands than any honest proof multiplies out to. */
const LARGEST = 20_000;

const UNIT: Monomial = { key: '', factors: [] };
const keyOf = (factors: readonly Factor[]): string =>
  factors.map(({ generator, exponent }) => `${generator.key}^${text(exponent)}`).join('·');
const monomial = (factors: readonly Factor[]): Monomial => ({ key: keyOf(factors), factors });

export const NOTHING: Polynomial = new Map();
export const constant = (value: Rational): Polynomial =>
  sign(value) === 0 ? NOTHING : new Map([['', { monomial: UNIT, coefficient: value }]]);
export const UNITY = constant(ONE);

export function single(generator: Generator, exponent = ONE, coefficient = ONE): Polynomial {
  return ofSummand({ monomial: monomial([{ generator, exponent }]), coefficient });
}
export const ofSummand = (summand: Summand): Polynomial => new Map([[summand.monomial.key, summand]]);
export const ofMonomial = (factors: readonly Factor[], coefficient = ONE): Polynomial =>
  ofSummand({ monomial: monomial(factors), coefficient });

export const isNothing = (p: Polynomial): boolean => p.size === 0;
export const summands = (p: Polynomial): readonly Summand[] => [...p.values()];
/** The value of a constant polynomial. */
export function constantOf(p: Polynomial): Rational | undefined {
  if (p.size === 0) return ZERO;
  return p.size === 1 ? p.get('')?.coefficient : undefined;
}

export function add(...all: readonly Polynomial[]): Polynomial {
  const [first, ...others] = all;
  if (first === undefined || others.length === 0) return first ?? NOTHING;
  const result = new Map(first);
  for (const other of others) for (const one of other.values()) addTo(result, one);
  return result;
}
function addTo(all: Map<string, Summand>, one: Summand): void {
  const { key } = one.monomial;
  const before = all.get(key);
  if (before === undefined) {
    if (sign(one.coefficient) !== 0) all.set(key, one);
    return;
  }
  const coefficient = plus(before.coefficient, one.coefficient);
  if (sign(coefficient) === 0) all.delete(key);
  else all.set(key, { monomial: one.monomial, coefficient });
}
export function scale(p: Polynomial, by: Rational): Polynomial {
  if (sign(by) === 0) return NOTHING;
  const scaled = ({ monomial: at, coefficient }: Summand): Summand => ({
    monomial: at,
    coefficient: times(coefficient, by),
  });
  return equal(by, ONE) ? p : new Map([...p].map(([key, one]) => [key, scaled(one)]));
}
export const negate = (p: Polynomial): Polynomial => scale(p, whole(-1));
export const subtract = (p: Polynomial, q: Polynomial): Polynomial => add(p, negate(q));

/** The product of two monomials as factors: exponents of the same generator are added. */
function joined(a: readonly Factor[], b: readonly Factor[]): readonly Factor[] {
  const result: Factor[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [x, y] = [a[i], b[j]];
    if (x === undefined) return [...result, ...b.slice(j)];
    if (y === undefined) return [...result, ...a.slice(i)];
    if (x.generator.key === y.generator.key) {
      const exponent = plus(x.exponent, y.exponent);
      if (sign(exponent) !== 0) result.push({ generator: x.generator, exponent });
      [i, j] = [i + 1, j + 1];
    } else if (x.generator.key < y.generator.key) {
      result.push(x);
      i += 1;
    } else {
      result.push(y);
      j += 1;
    }
  }
}

/** A summand whose sums and primes are multiplied out as far as their exponents are 1 or more. */
function expanded(factors: readonly Factor[], coefficient: Rational): Polynomial {
  const outside = factors.flatMap((factor) => {
    const times_ = wholePart(factor);
    return times_ === 0n ? [] : [{ ...factor, times_ }];
  });
  if (outside.length === 0) return ofMonomial(factors, coefficient);
  const kept = factors.flatMap((factor) => {
    const exponent = minus(factor.exponent, whole(wholePart(factor)));
    return sign(exponent) === 0 ? [] : [{ ...factor, exponent }];
  });
  const start = ofMonomial(kept, coefficient);
  return outside.reduce((product, { generator, times_ }) => {
    if (generator.kind === 'prime') return scale(product, raised(generator.value, times_));
    return generator.kind === 'sum' ? multiply(product, wholePower(generator.of, times_)) : product;
  }, start);
}

const hasWholePart = (factor: Factor): boolean =>
  (factor.generator.kind === 'sum' || factor.generator.kind === 'prime') && wholePart(factor) !== 0n;
/** How often a sum can be multiplied out of a factor; a prime's exponent is brought between 0 and 1. */
function wholePart({ generator, exponent }: Factor): bigint {
  if (generator.kind === 'prime') return floor(exponent);
  const places = generator.kind === 'sum' ? floor(exponent) : 0n;
  return places > 0n ? places : 0n;
}

export function multiply(p: Polynomial, q: Polynomial): Polynomial {
  if (p.size * q.size > LARGEST) reject('', 'a product has too many summands to multiply out');
  const result = new Map<string, Summand>();
  for (const a of p.values())
    for (const b of q.values()) {
      const factors = joined(a.monomial.factors, b.monomial.factors);
      const coefficient = times(a.coefficient, b.coefficient);
      if (factors.some(hasWholePart))
        for (const one of expanded(factors, coefficient).values()) addTo(result, one);
      else addTo(result, { monomial: monomial(factors), coefficient });
    }
  return result;
}

export function wholePower(p: Polynomial, exponent: bigint): Polynomial {
  if (exponent > 64n) reject('', 'a power is too high to multiply out');
  let result = UNITY;
  for (let count = 0n; count < exponent; count += 1n) result = multiply(result, p);
  return result;
}

/** A text that is the same for equal polynomials. */
export function keyOfPolynomial(p: Polynomial): string {
  const known = keys.get(p);
  if (known !== undefined) return known;
  const parts = [...p.keys()].sort().map((key) => `${text(p.get(key)?.coefficient ?? ZERO)}:${key}`);
  const key = `(${parts.join(' + ')})`;
  keys.set(p, key);
  return key;
}
/** Polynomials do not change, and neither do their keys and contents. */
const keys = new WeakMap<Polynomial, string>();

/** The summand that comes first in the order of keys. */
export function leading(p: Polynomial): Summand | undefined {
  let first: string | undefined;
  for (const key of p.keys()) if (first === undefined || key < first) first = key;
  return first === undefined ? undefined : p.get(first);
}

interface Content {
  readonly shared: readonly Factor[];
  readonly rest: Polynomial;
}
const contents = new WeakMap<Polynomial, Content>();

/** The largest monomial that divides all summands, by the least exponent of each generator, and what is left. */
export function content(p: Polynomial): Content {
  const found = contents.get(p) ?? split(p);
  contents.set(p, found);
  return found;
}
function split(p: Polynomial): Content {
  const all = summands(p);
  const generators = new Map(
    all.flatMap(({ monomial: { factors } }) => factors).map((one) => [one.generator.key, one.generator]),
  );
  const shared = [...generators.values()]
    .map((generator) => ({ generator, exponent: leastExponent(all, generator.key) }))
    .filter(({ exponent }) => sign(exponent) !== 0)
    .sort((a, b) => (a.generator.key < b.generator.key ? -1 : 1));
  return { shared, rest: shared.length === 0 ? p : multiply(p, ofMonomial(inverted(shared))) };
}
function leastExponent(all: readonly Summand[], key: string): Rational {
  const exponents = all.map(
    ({ monomial: { factors } }) => factors.find(({ generator }) => generator.key === key)?.exponent ?? ZERO,
  );
  return exponents.reduce((best, one) => (sign(minus(one, best)) < 0 ? one : best), exponents[0] ?? ZERO);
}

/** `p / d` where that leaves no remainder; no exponent of either is negative. */
export function divided(p: Polynomial, d: Polynomial): Polynomial | undefined {
  const found = division(p, d, false);
  return found && isNothing(found.remainder) ? found.quotient : undefined;
}

/** p = quotient · d + remainder: nothing of the remainder is a multiple of the highest summand of d. */
export const dividedWithRest = (p: Polynomial, d: Polynomial): Division | undefined => division(p, d, true);
interface Division {
  readonly quotient: Polynomial;
  readonly remainder: Polynomial;
}

/** Nothing where it takes too long, or where something is left over that must not be. */
function division(p: Polynomial, d: Polynomial, mayLeave: boolean): Division | undefined {
  let [rest, quotient, remainder] = [p, NOTHING, NOTHING];
  const top = highest(d);
  if (top === undefined) return undefined;
  for (let first = highest(rest); first !== undefined; first = highest(rest)) {
    const factors = joined(first.monomial.factors, inverted(top.monomial.factors));
    if (factors.some(({ generator, exponent }) => sign(exponent) < 0 || generator.kind === 'prime')) {
      if (!mayLeave) return undefined;
      remainder = add(remainder, ofSummand(first));
      rest = subtract(rest, ofSummand(first));
      continue;
    }
    const part = ofMonomial(factors, over(first.coefficient, top.coefficient));
    rest = subtract(rest, multiply(part, d));
    quotient = add(quotient, part);
    if (rest.size + quotient.size > 8 * (p.size + d.size)) return undefined;
  }
  return { quotient, remainder };
}
const inverted = (factors: readonly Factor[]): readonly Factor[] =>
  factors.map(({ generator, exponent }) => ({ generator, exponent: opposite(exponent) }));

/** The summand with the highest exponents, compared generator by generator: an order that products keep. */
function highest(p: Polynomial): Summand | undefined {
  return summands(p).reduce<Summand | undefined>(
    (best, one) => (best === undefined || isHigher(one.monomial.factors, best.monomial.factors) ? one : best),
    undefined,
  );
}
function isHigher(a: readonly Factor[], b: readonly Factor[]): boolean {
  const [first] = joined(a, inverted(b));
  return first !== undefined && sign(first.exponent) > 0;
}

/** Every generator of a polynomial, those inside of others included. */
export function* generatorsOf(p: Polynomial): Generator_<Generator> {
  for (const {
    monomial: { factors },
  } of p.values())
    for (const { generator } of factors) {
      yield generator;
      if (generator.kind === 'exp' || generator.kind === 'log' || generator.kind === 'sum')
        yield* generatorsOf(generator.of);
      if (generator.kind === 'power') yield* generatorsOf(generator.base);
      if (generator.kind === 'select') {
        yield* generatorsOf(generator.then);
        yield* generatorsOf(generator.else);
      }
    }
}
type Generator_<Value> = globalThis.Generator<Value, void, undefined>;
