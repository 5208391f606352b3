/** Polynomials with rational coefficients and, where a generator allows them, negative and broken exponents. */
import { inverse, isZero, ONE, plus, ratio, signOf, times as product } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import { addExponents, compareExponents, floorOf, oppositeExponent, signOfExponent } from './exponent.js';
import type { Exponent } from './exponent.js';
import { contentOf, leadingOf } from './ring.js';
import type { Generator, Monomial, Polynomial, Ring } from './ring.js';

export const NOTHING: Polynomial = new Map();

export const constant = (ring: Ring, value: Rational): Polynomial =>
  isZero(value) ? NOTHING : new Map([[ring.unit, value]]);
export const single = (monomial: Monomial, coefficient: Rational = ONE): Polynomial =>
  new Map([[monomial, coefficient]]);

export function accumulate(into: Map<Monomial, Rational>, monomial: Monomial, coefficient: Rational): void {
  const before = into.get(monomial);
  const after = before === undefined ? coefficient : plus(before, coefficient);
  if (isZero(after)) into.delete(monomial);
  else into.set(monomial, after);
}

export function add(a: Polynomial, b: Polynomial): Polynomial {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const out = new Map(a);
  for (const [monomial, coefficient] of b) accumulate(out, monomial, coefficient);
  return out;
}

export function scaled(a: Polynomial, by: Rational): Polynomial {
  if (isZero(by)) return NOTHING;
  if (by.n === by.d) return a;
  const out = new Map<Monomial, Rational>();
  for (const [monomial, coefficient] of a) out.set(monomial, product(coefficient, by));
  return out;
}
export const opposite = (a: Polynomial): Polynomial => scaled(a, ratio(-1n));

export function times(ring: Ring, a: Polynomial, b: Polynomial): Polynomial {
  const out = new Map<Monomial, Rational>();
  let reducible = false;
  for (const [x, p] of a)
    for (const [y, q] of b) {
      const monomial = ring.times(x, y);
      reducible ||= monomial.reducible;
      accumulate(out, monomial, product(p, q));
    }
  return reducible ? withoutWholeRoots(ring, out) : out;
}

/** `a` times a monomial times 1 or −1. */
export function timesMonomial(ring: Ring, a: Polynomial, by: Monomial, sign: Rational = ONE): Polynomial {
  if (by === ring.unit) return scaled(a, sign);
  const out = new Map<Monomial, Rational>();
  const isTurned = signOf(sign) < 0;
  for (const [monomial, coefficient] of a) {
    const up = ring.times(monomial, by);
    if (up.reducible) return times(ring, a, single(by, sign));
    out.set(up, isTurned ? { n: -coefficient.n, d: coefficient.d } : coefficient);
  }
  return out;
}

/** A whole power that is not negative. */
export function power(ring: Ring, a: Polynomial, to: number): Polynomial {
  if (to === 0) return constant(ring, ONE);
  const half = power(ring, a, to >> 1);
  const square = times(ring, half, half);
  return to % 2 === 0 ? square : times(ring, square, a);
}

/** Multiplies whole powers of roots out: (P^½)³ is P·P^½. */
function withoutWholeRoots(ring: Ring, a: Polynomial): Polynomial {
  let out: Polynomial = NOTHING;
  for (const [monomial, coefficient] of a) {
    let expanded = single(monomial, coefficient);
    for (const { of, to } of monomial.powers) {
      const whole = of.kind === 'root' ? floorOf(to) : 0;
      if (whole <= 0 || of.base === undefined) continue;
      const down = timesMonomial(ring, expanded, ring.power(of, -whole));
      expanded = times(ring, down, power(ring, of.base, whole));
    }
    out = add(out, expanded);
  }
  return out;
}

export interface Primitive {
  readonly content: Rational;
  readonly monomial: Monomial;
  /** Whole coefficients without a common factor, of which the leading one is positive; no common power of what may be divided by. */
  readonly polynomial: Polynomial;
}

/** `a` as content · monomial · polynomial; `a` is not 0. */
export function primitive(
  ring: Ring,
  a: Polynomial,
  mayDivide: (generator: Generator) => boolean,
): Primitive {
  const monomial = ring.part(commonPowers(ring, a), ({ of }) => mayDivide(of));
  const content = contentOf(a);
  const polynomial = scaled(timesMonomial(ring, a, ring.raised(monomial, -1)), inverse(content));
  return { content, monomial, polynomial };
}

/** The least exponent of each generator. */
export function commonPowers(ring: Ring, a: Polynomial): Monomial {
  let out = ring.unit;
  for (const [generator, [least]] of exponentRanges(a)) out = ring.times(out, ring.power(generator, least));
  return out;
}

export function exponentRanges(a: Polynomial): ReadonlyMap<Generator, readonly [Exponent, Exponent]> {
  const ranges = new Map<Generator, [Exponent, Exponent]>();
  const counts = new Map<Generator, number>();
  for (const monomial of a.keys())
    for (const { of, to } of monomial.powers) {
      const range = ranges.get(of);
      counts.set(of, (counts.get(of) ?? 0) + 1);
      if (range === undefined) ranges.set(of, [to, to]);
      else if (compareExponents(to, range[0]) < 0) range[0] = to;
      else if (compareExponents(to, range[1]) > 0) range[1] = to;
    }
  for (const [of, range] of ranges) {
    if (counts.get(of) === a.size) continue;
    if (signOfExponent(range[0]) > 0) range[0] = 0;
    if (signOfExponent(range[1]) < 0) range[1] = 0;
  }
  return ranges;
}

/** `a / b` where that leaves nothing over. Exponents of the result stay where those of `a` and `b` say. */
export function divided(ring: Ring, a: Polynomial, b: Polynomial): Polynomial | undefined {
  const leading = leadingOf(b);
  if (leading === undefined || a.size === 0) return undefined;
  const mayHave = quotientRanges(a, b);
  if (mayHave === undefined) return undefined;
  const [top, coefficient] = leading;
  const [down, factor] = [ring.raised(top, -1), inverse(coefficient)];
  const [left, out] = [new Map(a), new Map<Monomial, Rational>()];
  for (let next = leadingOf(left); next !== undefined; next = leadingOf(left)) {
    const [monomial, scale] = [ring.times(next[0], down), product(next[1], factor)];
    if (monomial.reducible || !mayHave(monomial) || out.size > 400) return undefined;
    accumulate(out, monomial, scale);
    for (const [other, times] of b)
      accumulate(left, ring.times(monomial, other), product(product(scale, times), ratio(-1n)));
  }
  return out;
}

function quotientRanges(a: Polynomial, b: Polynomial): ((monomial: Monomial) => boolean) | undefined {
  const [above, below] = [exponentRanges(a), exponentRanges(b)];
  const ranges = new Map<Generator, readonly [Exponent, Exponent]>();
  for (const generator of new Set([...above.keys(), ...below.keys()])) {
    const [from, to] = above.get(generator) ?? [0, 0];
    const [least, most] = below.get(generator) ?? [0, 0];
    const range = [
      addExponents(from, oppositeExponent(least)),
      addExponents(to, oppositeExponent(most)),
    ] as const;
    if (compareExponents(range[0], range[1]) > 0) return undefined;
    if (signOfExponent(least) !== 0 && signOfExponent(range[0]) < 0) return undefined;
    ranges.set(generator, range);
  }
  return (monomial) =>
    monomial.powers.every(({ of, to }) => {
      const [from, upTo] = ranges.get(of) ?? [0, 0];
      return compareExponents(to, from) >= 0 && compareExponents(to, upTo) <= 0;
    }) &&
    [...ranges].every(([of, [from, upTo]]) =>
      monomial.powers.some((one) => one.of === of)
        ? true
        : signOfExponent(from) <= 0 && signOfExponent(upTo) >= 0,
    );
}

/** The generator that a polynomial is, if it is one. */
export function generatorOf(a: Polynomial): Generator | undefined {
  const [entry] = a;
  const [power] = entry?.[0].powers ?? [];
  const isOne = a.size === 1 && entry !== undefined && entry[0].powers.length === 1 && power?.to === 1;
  return isOne && entry[1].n === entry[1].d ? power.of : undefined;
}
