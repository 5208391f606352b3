/** Closed intervals with rational or infinite ends, rounded outwards to about fifty digits. Every number lies in `REALS`. */
import * as q from './rational.js';
import type { Rational } from './rational.js';

export type End = Rational | 'inf' | '-inf';
export interface Interval {
  readonly low: End;
  readonly high: End;
}
export const REALS: Interval = { low: '-inf', high: 'inf' };
export const point = (value: Rational): Interval => ({ low: value, high: value });
export const between = (low: End, high: End): Interval => ({ low, high });
export const ORIGIN = point(q.ZERO);
export const UNIT = point(q.ONE);

export function compareEnds(a: End, b: End): -1 | 0 | 1 {
  if (a === b) return 0;
  if (a === '-inf' || b === 'inf') return -1;
  return a === 'inf' || b === '-inf' ? 1 : q.compare(a, b);
}
const least = (...ends: readonly End[]): End =>
  ends.reduce((best, one) => (compareEnds(one, best) < 0 ? one : best));
const greatest = (...ends: readonly End[]): End =>
  ends.reduce((best, one) => (compareEnds(one, best) > 0 ? one : best));
export const signOfEnd = (end: End): -1 | 0 | 1 => (end === 'inf' ? 1 : end === '-inf' ? -1 : q.sign(end));

/** Ends are kept exact up to this many bits in all, and to this many significant ones beyond. */
const [EXACT, KEPT] = [384, 192];
const bits = (x: bigint): number => (x < 0n ? -x : x).toString(16).length * 4;

function rounded(value: End, isUp: boolean): End {
  if (typeof value === 'string' || bits(value.n) + bits(value.d) <= EXACT) return value;
  const shift = BigInt(KEPT + bits(value.d) - bits(value.n));
  const scaled = shift >= 0n ? q.fraction(value.n << shift, value.d) : q.fraction(value.n, value.d << -shift);
  const near = isUp ? -q.floor(q.opposite(scaled)) : q.floor(scaled);
  return shift >= 0n ? q.fraction(near, 1n << shift) : q.whole(near << -shift);
}
export const outwards = (low: End, high: End): Interval => ({
  low: rounded(low, false),
  high: rounded(high, true),
});

const plusEnds = (a: End, b: End, whenBoth: End): End =>
  typeof a !== 'string' && typeof b !== 'string'
    ? q.plus(a, b)
    : typeof a === 'string' && typeof b === 'string' && a !== b
      ? whenBoth
      : typeof a === 'string'
        ? a
        : b;
/** 0 times an infinite end is 0: the ends are limits of finite numbers, and 0 itself is none. */
function timesEnds(a: End, b: End): End {
  if (typeof a !== 'string' && typeof b !== 'string') return q.times(a, b);
  const sign = signOfEnd(a) * signOfEnd(b);
  return sign === 0 ? q.ZERO : sign > 0 ? 'inf' : '-inf';
}

export const add = (a: Interval, b: Interval): Interval =>
  outwards(plusEnds(a.low, b.low, '-inf'), plusEnds(a.high, b.high, 'inf'));
export const negate = ({ low, high }: Interval): Interval => ({ low: turned(high), high: turned(low) });
const turned = (end: End): End => (end === 'inf' ? '-inf' : end === '-inf' ? 'inf' : q.opposite(end));
export const subtract = (a: Interval, b: Interval): Interval => add(a, negate(b));
export function multiply(a: Interval, b: Interval): Interval {
  const ends = [
    timesEnds(a.low, b.low),
    timesEnds(a.low, b.high),
    timesEnds(a.high, b.low),
    timesEnds(a.high, b.high),
  ];
  return outwards(least(...ends), greatest(...ends));
}
export const hull = (a: Interval, b: Interval): Interval => ({
  low: least(a.low, b.low),
  high: greatest(a.high, b.high),
});
/** Nothing where they have no number in common. */
export function meet(a: Interval, b: Interval): Interval | undefined {
  const [low, high] = [greatest(a.low, b.low), least(a.high, b.high)];
  return compareEnds(low, high) > 0 ? undefined : { low, high };
}
export const isPositive = ({ low }: Interval): boolean => signOfEnd(low) > 0;
export const isNonnegative = ({ low }: Interval): boolean => signOfEnd(low) >= 0;
export const isNegative = ({ high }: Interval): boolean => signOfEnd(high) < 0;
export const isNonpositive = ({ high }: Interval): boolean => signOfEnd(high) <= 0;
export const isPoint = ({ low, high }: Interval): boolean =>
  typeof low !== 'string' && compareEnds(low, high) === 0;
export const excludesZero = (one: Interval): boolean => isPositive(one) || isNegative(one);

/** 1/x; everything where x can be 0. */
export function reciprocal(x: Interval): Interval {
  if (!excludesZero(x)) return REALS;
  const turnedOver = (end: End): End => (typeof end === 'string' ? q.ZERO : q.inverse(end));
  return outwards(turnedOver(x.high), turnedOver(x.low));
}

/** Ends are raised one by one: even powers of the magnitude, odd ones as they are, both rising with it. */
export function wholePower(x: Interval, exponent: bigint): Interval {
  if (exponent < 0n) return reciprocal(wholePower(x, -exponent));
  const base = exponent % 2n === 0n ? magnitude(x) : x;
  return outwards(raisedEnd(base.low, exponent, false), raisedEnd(base.high, exponent, true));
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
  return isNonpositive(x) ? negate(x) : { low: q.ZERO, high: greatest(turned(x.low), x.high) };
}
