/**
 * Intervals with rational or infinite ends, each reached or not, rounded outwards to about fifty digits. Every number lies in
 * `REALS`. That an end is open matters at 0: 1/x is bounded below where x > 0, and e^x is never 0.
 */
import * as q from './rational.js';
import type { Rational } from './rational.js';

export type End = Rational | 'inf' | '-inf';
export interface Interval {
  readonly low: End;
  readonly high: End;
  /** Whether the end itself is not reached. */
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}
export const between = (low: End, high: End, lowOpen = false, highOpen = false): Interval => ({
  low,
  high,
  lowOpen,
  highOpen,
});
export const REALS = between('-inf', 'inf');
export const point = (value: Rational): Interval => between(value, value);
export const ORIGIN = point(q.ZERO);
export const UNIT = point(q.ONE);

export function compareEnds(a: End, b: End): -1 | 0 | 1 {
  if (a === b) return 0;
  if (a === '-inf' || b === 'inf') return -1;
  return a === 'inf' || b === '-inf' ? 1 : q.compare(a, b);
}
export const signOfEnd = (end: End): -1 | 0 | 1 => (end === 'inf' ? 1 : end === '-inf' ? -1 : q.sign(end));

/** An end with whether it is open. */
type Side = readonly [End, boolean];
const lowOf = ({ low, lowOpen }: Interval): Side => [low, lowOpen];
const highOf = ({ high, highOpen }: Interval): Side => [high, highOpen];
/** Of equal ends the closed one reaches further. */
const outer = (sides: readonly Side[], direction: -1 | 1): Side =>
  sides.reduce((best, one) => {
    const order = compareEnds(one[0], best[0]);
    return order === direction || (order === 0 && !one[1]) ? one : best;
  });

/** Ends are kept exact up to this many bits in all, and to this many significant ones beyond. */
const [EXACT, KEPT] = [384, 192];
const bits = (x: bigint): number => (x < 0n ? -x : x).toString(16).length * 4;

function rounded(value: End, isUp: boolean): End {
  if (typeof value === 'string' || bits(value.n) + bits(value.d) <= EXACT) return value;
  return quotient(value.n, value.d, isUp);
}
/** n/d for d > 0, to as many significant bits as are kept. */
function quotient(n: bigint, d: bigint, isUp: boolean): Rational {
  const shift = BigInt(KEPT + bits(d) - bits(n));
  const [up, down] = shift >= 0n ? [n << shift, d] : [n, d << -shift];
  const near = isUp ? -floorOf(-up, down) : floorOf(up, down);
  return shift >= 0n ? q.fraction(near, 1n << shift) : q.whole(near << -shift);
}
const floorOf = (n: bigint, d: bigint): bigint => (n % d < 0n ? n / d - 1n : n / d);
/** By a whole number above 0, rounded at once. */
export function over(x: Interval, by: bigint): Interval {
  const part = (end: End, isUp: boolean): End =>
    typeof end === 'string' ? end : quotient(end.n, end.d * by, isUp);
  return between(part(x.low, false), part(x.high, true), x.lowOpen, x.highOpen);
}
const outwards = ([low, lowOpen]: Side, [high, highOpen]: Side): Interval =>
  between(rounded(low, false), rounded(high, true), lowOpen, highOpen);

/** Of infinite ends of both signs the outer one. */
const plusEnds = (a: End, b: End, outermost: End): End => {
  if (typeof a !== 'string' && typeof b !== 'string') return q.plus(a, b);
  return a === outermost || b === outermost ? outermost : typeof a === 'string' ? a : b;
};
/** 0 times an infinite end is 0: the ends are limits of finite numbers, and 0 itself is none. */
function timesSides([a, aOpen]: Side, [b, bOpen]: Side): Side {
  const sign = signOfEnd(a) * signOfEnd(b);
  const isReached = (signOfEnd(a) === 0 && !aOpen) || (signOfEnd(b) === 0 && !bOpen);
  const isOpen = !isReached && (aOpen || bOpen);
  if (typeof a !== 'string' && typeof b !== 'string') return [q.times(a, b), isOpen];
  return [sign === 0 ? q.ZERO : sign > 0 ? 'inf' : '-inf', isOpen];
}

export const add = (a: Interval, b: Interval): Interval =>
  outwards(
    [plusEnds(a.low, b.low, '-inf'), a.lowOpen || b.lowOpen],
    [plusEnds(a.high, b.high, 'inf'), a.highOpen || b.highOpen],
  );
const turned = (end: End): End => (end === 'inf' ? '-inf' : end === '-inf' ? 'inf' : q.opposite(end));
export const negate = ({ low, high, lowOpen, highOpen }: Interval): Interval =>
  between(turned(high), turned(low), highOpen, lowOpen);
export const subtract = (a: Interval, b: Interval): Interval => add(a, negate(b));
export function multiply(a: Interval, b: Interval): Interval {
  const sides = [lowOf(a), highOf(a)].flatMap((x) => [lowOf(b), highOf(b)].map((y) => timesSides(x, y)));
  return outwards(outer(sides, -1), outer(sides, 1));
}
export const hull = (a: Interval, b: Interval): Interval =>
  outwards(outer([lowOf(a), lowOf(b)], -1), outer([highOf(a), highOf(b)], 1));
/** Nothing where they have no number in common. */
export function meet(a: Interval, b: Interval): Interval | undefined {
  const inner = ([x, xOpen]: Side, [y, yOpen]: Side, direction: -1 | 1): Side => {
    const order = compareEnds(x, y);
    return order === 0 ? [x, xOpen || yOpen] : order === direction ? [x, xOpen] : [y, yOpen];
  };
  const [[low, lowOpen], [high, highOpen]] = [inner(lowOf(a), lowOf(b), 1), inner(highOf(a), highOf(b), -1)];
  const order = compareEnds(low, high);
  return order > 0 || (order === 0 && (lowOpen || highOpen))
    ? undefined
    : between(low, high, lowOpen, highOpen);
}
export const isPositive = ({ low, lowOpen }: Interval): boolean =>
  signOfEnd(low) > 0 || (signOfEnd(low) === 0 && lowOpen);
export const isNonnegative = ({ low }: Interval): boolean => signOfEnd(low) >= 0;
export const isNegative = (x: Interval): boolean => isPositive(negate(x));
export const isNonpositive = ({ high }: Interval): boolean => signOfEnd(high) <= 0;
export const isPoint = ({ low, high }: Interval): boolean =>
  typeof low !== 'string' && compareEnds(low, high) === 0;
export const excludesZero = (one: Interval): boolean => isPositive(one) || isNegative(one);

/** 1/x; everything where x can be 0. */
export function reciprocal(x: Interval): Interval {
  if (!excludesZero(x)) return REALS;
  const over = (end: End): End => {
    if (typeof end === 'string') return q.ZERO;
    return q.sign(end) !== 0 ? q.inverse(end) : isPositive(x) ? 'inf' : '-inf';
  };
  const isOpen = (end: End, open: boolean): boolean => open || typeof end === 'string';
  return outwards([over(x.high), isOpen(x.high, x.highOpen)], [over(x.low), isOpen(x.low, x.lowOpen)]);
}

/** Ends are raised one by one: even powers of the magnitude, odd ones as they are, both rising with it. */
export function wholePower(x: Interval, exponent: bigint): Interval {
  if (exponent < 0n) return reciprocal(wholePower(x, -exponent));
  const base = exponent % 2n === 0n ? magnitude(x) : x;
  return outwards(
    [raisedEnd(base.low, exponent, false), base.lowOpen],
    [raisedEnd(base.high, exponent, true), base.highOpen],
  );
}
function raisedEnd(end: End, exponent: bigint, isUp: boolean): End {
  if (typeof end === 'string') return exponent === 0n ? q.ONE : exponent % 2n === 0n ? 'inf' : end;
  if (BigInt(bits(end.n) + bits(end.d)) * exponent <= 8000n) return q.raised(end, exponent);
  let result = UNIT;
  for (let [left, square] = [exponent, point(end)]; left > 0n; left /= 2n) {
    if (left % 2n === 1n) result = multiply(result, square);
    square = multiply(square, square);
  }
  return isUp ? result.high : result.low;
}
export function magnitude(x: Interval): Interval {
  if (isNonnegative(x)) return x;
  if (isNonpositive(x)) return negate(x);
  const [high, highOpen] = outer([highOf(x), highOf(negate(x))], 1);
  return between(q.ZERO, high, false, highOpen);
}
