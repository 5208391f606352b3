/**
 * Polynomials in one unknown y, exactly: whether one is nowhere negative on an interval, and the identity that shows it. A square
 * factor is taken out, roots at the ends too; what is left is positive, and so has non-negative coefficients over the powers
 * of y's distances from the ends once the degree is high enough.
 */
import {
  inverse,
  isZero,
  minus,
  ONE,
  opposite,
  plus,
  power,
  ratio,
  signOf,
  times,
  whole,
  ZERO,
} from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';

/** Coefficients of 1, y, y², …; the last is not 0. */
export type Univariate = readonly Rational[];

const at = (p: Univariate, index: number): Rational => p[index] ?? ZERO;
export function trimmed(p: readonly Rational[]): Univariate {
  let length = p.length;
  while (length > 0 && isZero(at(p, length - 1))) length -= 1;
  return p.slice(0, length);
}
export const degreeOf = (p: Univariate): number => p.length - 1;
export const valueAt = (p: Univariate, y: Rational): Rational =>
  p.reduceRight((sum, coefficient) => plus(times(sum, y), coefficient), ZERO);
export function multiply(p: Univariate, q: Univariate): Univariate {
  const out = Array.from({ length: Math.max(0, p.length + q.length - 1) }, () => ZERO);
  for (const [i, a] of p.entries())
    for (const [j, b] of q.entries()) out[i + j] = plus(out[i + j] ?? ZERO, times(a, b));
  return trimmed(out);
}
const scaled = (p: Univariate, by: Rational): Univariate => p.map((one) => times(one, by));
const subtract = (p: Univariate, q: Univariate): Univariate =>
  trimmed(
    Array.from({ length: Math.max(p.length, q.length) }, (_, index) => minus(at(p, index), at(q, index))),
  );
const derivative = (p: Univariate): Univariate =>
  trimmed(p.slice(1).map((one, index) => times(one, whole(index + 1))));

export function divide(p: Univariate, q: Univariate): readonly [Univariate, Univariate] {
  const lead = inverse(at(q, degreeOf(q)));
  const out = Array.from({ length: Math.max(0, p.length - q.length + 1) }, () => ZERO);
  let rest = p;
  while (rest.length >= q.length && rest.length > 0) {
    const shift = rest.length - q.length;
    const by = times(at(rest, degreeOf(rest)), lead);
    out[shift] = by;
    rest = trimmed(
      rest
        .slice(0, -1)
        .map((one, index) => (index < shift ? one : minus(one, times(by, at(q, index - shift))))),
    );
  }
  return [trimmed(out), rest];
}
const monic = (p: Univariate): Univariate => (p.length === 0 ? p : scaled(p, inverse(at(p, degreeOf(p)))));
function gcd(p: Univariate, q: Univariate): Univariate {
  let [a, b] = [monic(p), monic(q)];
  while (b.length > 0) [a, b] = [b, monic(divide(a, b)[1])];
  return a;
}

/** q and r with p = q²·r, r without square factors. */
export function withoutSquares(p: Univariate): readonly [Univariate, Univariate] {
  let [square, rest]: [Univariate, Univariate] = [[ONE], p];
  for (;;) {
    const common = gcd(rest, derivative(rest));
    if (common.length <= 1) return [square, rest];
    // Each root of `common` is a multiple one of `rest`, so that its square-free part squared divides it.
    const once = divide(common, gcd(common, derivative(common)))[0];
    square = multiply(square, once);
    rest = divide(divide(rest, once)[0], once)[0];
  }
}

/** An end of an interval; none is infinity. */
export type End = Rational | undefined;

/** The number of distinct roots of a square-free polynomial strictly between two ends at which it is not 0. */
export function rootsBetween(p: Univariate, low: End, high: End): number {
  const chain: Univariate[] = [p, derivative(p)];
  for (;;) {
    const [a, b] = [chain[chain.length - 2] ?? [], chain[chain.length - 1] ?? []];
    if (b.length === 0) break;
    const rest = divide(a, b)[1];
    if (rest.length === 0) break;
    const size = at(rest, degreeOf(rest));
    chain.push(scaled(rest, opposite(inverse({ n: size.n < 0n ? -size.n : size.n, d: size.d }))));
  }
  const changes = (signs: readonly number[]): number => {
    const nonzero = signs.filter((sign) => sign !== 0);
    return nonzero.filter((sign, index) => index > 0 && sign !== nonzero[index - 1]).length;
  };
  const signsAt = (end: End, toward: 1 | -1): readonly number[] =>
    chain.map((one) =>
      end === undefined
        ? signOf(at(one, degreeOf(one))) * (toward < 0 && degreeOf(one) % 2 === 1 ? -1 : 1)
        : signOf(valueAt(one, end)),
    );
  return changes(signsAt(low, -1)) - changes(signsAt(high, 1));
}

/** p(a + s·t) as a polynomial in t. */
function shifted(p: Univariate, a: Rational, s: Rational): Univariate {
  return p.reduceRight<Univariate>((sum, coefficient) => {
    const next = multiply(sum, [a, s]);
    return next.length === 0 ? trimmed([coefficient]) : [plus(at(next, 0), coefficient), ...next.slice(1)];
  }, []);
}

/** Σ coefficient·(distance from low)^i·(distance from high)^j. */
export interface Term {
  readonly times: Rational;
  readonly fromLow: number;
  readonly fromHigh: number;
}
/** (1 + distance)^raised·p as such a sum with no negative coefficient. */
export interface Shown {
  readonly raised: number;
  readonly terms: readonly Term[];
}

const MOST_RAISED = 24;

/** Of a polynomial that is positive between the ends and at them. One end at least is finite. */
export function shownPositive(p: Univariate, low: End, high: End): Shown | undefined {
  if (low !== undefined && high !== undefined) return onSegment(p, low, high);
  const [end, toward] = low !== undefined ? [low, 1] : [high ?? ZERO, -1];
  let raisedOne = shifted(p, end, whole(toward));
  for (let raised = 0; raised <= MOST_RAISED; raised += 1) {
    if (raisedOne.every((one) => signOf(one) >= 0)) {
      const terms = raisedOne.map((times, power): Term =>
        toward > 0 ? { times, fromLow: power, fromHigh: 0 } : { times, fromLow: 0, fromHigh: power },
      );
      return { raised, terms: terms.filter(({ times }) => !isZero(times)) };
    }
    raisedOne = multiply(raisedOne, [ONE, ONE]);
  }
  return undefined;
}

/** By Bernstein's polynomials: p = Σ c·(y − a)^i·(b − y)^(n−i), times a power of (b − a) where the degree is raised. */
function onSegment(p: Univariate, low: Rational, high: Rational): Shown | undefined {
  const width = minus(high, low);
  // With y = (a + b·t)/(1 + t): (1 + t)^n·p(y) has the coefficients that are looked for, over (b − a)^n.
  let coefficients: Univariate = [];
  const n = degreeOf(p);
  for (const [degree, coefficient] of p.entries()) {
    let term: Univariate = [coefficient];
    for (let times = 0; times < degree; times += 1) term = multiply(term, [low, high]);
    for (let times = degree; times < n; times += 1) term = multiply(term, [ONE, ONE]);
    coefficients = subtract(coefficients, scaled(term, whole(-1)));
  }
  for (let raised = 0; raised <= MOST_RAISED; raised += 1) {
    if (coefficients.every((one) => signOf(one) >= 0) && coefficients.length > 0) {
      const all = n + raised;
      const scale = power(width, -all);
      return {
        raised: 0,
        terms: onePartConstant(coefficients, all, scale, width),
      };
    }
    coefficients = multiply(coefficients, [ONE, ONE]);
  }
  return undefined;
}

/** Takes out the largest multiple of (y − a + b − y)^n, so that a positive constant stands by itself. */
function onePartConstant(
  coefficients: Univariate,
  all: number,
  scale: Rational,
  width: Rational,
): readonly Term[] {
  let least: Rational | undefined;
  const shares = Array.from({ length: all + 1 }, (_, index) =>
    times(at(coefficients, index), ratio(1n, binomial(all, index))),
  );
  for (const share of shares) if (least === undefined || signOf(minus(share, least)) < 0) least = share;
  const taken = least ?? ZERO;
  const terms = shares.map((share, index): Term => {
    const rest = times(minus(share, taken), ratio(binomial(all, index)));
    return { times: times(rest, scale), fromLow: index, fromHigh: all - index };
  });
  const constant: Term = { times: times(taken, times(scale, power(width, all))), fromLow: 0, fromHigh: 0 };
  return [constant, ...terms].filter(({ times: weight }) => !isZero(weight));
}

export function binomial(n: number, k: number): bigint {
  let out = 1n;
  for (let step = 1; step <= k; step += 1) out = (out * BigInt(n - step + 1)) / BigInt(step);
  return out;
}
