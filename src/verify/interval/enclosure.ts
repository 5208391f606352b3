/**
 * Enclosures: sets of extended real numbers known to hold a value, with ends that are reached or only approached, and
 * arithmetic on them rounded outwards. An infinite end is open where all values are finite, so that no overflow excludes one;
 * it is closed where the value may be infinite itself, as the maximum of nothing is.
 */
import { REALS, contains, hull, intersection, negate, point } from '../../base/interval.js';
import type { Interval } from '../../base/interval.js';
import { compare, ofDouble, toNumber, type Rational } from '../../proof/rational.js';
import { above, addDown, addUp, below, divDown, divUp, mulDown, mulUp } from './rounding.js';

export type Enclosure = Interval;
export { REALS, contains, hull, intersection, negate, point };

/** Nothing known, not even that the value is finite: what an operation gives that may be undefined. */
export const ANYTHING: Enclosure = { low: -Infinity, high: Infinity, lowOpen: false, highOpen: false };
/** No number at all: what an operation gives that is undefined, such as 1/0. */
export const NOTHING: Enclosure = { low: Infinity, high: -Infinity, lowOpen: true, highOpen: true };

export const isNothing = ({ low, high, lowOpen, highOpen }: Enclosure): boolean =>
  low > high || (low === high && (lowOpen || highOpen));
export const isPoint = ({ low, high }: Enclosure): boolean => low === high;
const reachesTop = ({ high, highOpen }: Enclosure): boolean => high === Infinity && !highOpen;
const reachesBottom = ({ low, lowOpen }: Enclosure): boolean => low === -Infinity && !lowOpen;
export const reachesInfinity = (x: Enclosure): boolean => reachesTop(x) || reachesBottom(x);
export const holdsZero = (x: Enclosure): boolean => contains(x, 0);
/** The finite values among them. */
export const finite = (x: Enclosure): Enclosure => ({
  ...x,
  lowOpen: x.lowOpen || x.low === -Infinity,
  highOpen: x.highOpen || x.high === Infinity,
});
/** Both ends reached; infinite ones approached. */
export const between = (low: number, high: number): Enclosure => ({
  low,
  high,
  lowOpen: low === -Infinity,
  highOpen: high === Infinity,
});

/** A point where the rational is a double, and otherwise strictly between the doubles beside it. */
export function ofRational(value: Rational): Enclosure {
  const [n, d] = [Number(value.n), Number(value.d)];
  const isExact = Number.isSafeInteger(n) && Number.isSafeInteger(d);
  const [low, high] = isExact ? [divDown(n, d), divUp(n, d)] : doublesBeside(value);
  return { low, high, lowOpen: low !== high, highOpen: low !== high };
}
function doublesBeside(value: Rational): readonly [number, number] {
  let low = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, toNumber(value)));
  while (low !== -Infinity && compare(ofDouble(low), value) > 0) low = below(low);
  if (low === -Infinity) return [low, -Number.MAX_VALUE];
  for (let next = above(low); isAtMostRational(next, value); next = above(next)) low = next;
  return [low, compare(ofDouble(low), value) === 0 ? low : above(low)];
}
const isAtMostRational = (x: number, value: Rational): boolean =>
  Number.isFinite(x) && compare(ofDouble(x), value) <= 0;

/** Sums of infinite values of opposite signs are unknown. */
export function sum(a: Enclosure, b: Enclosure): Enclosure {
  if ((reachesTop(a) && reachesBottom(b)) || (reachesBottom(a) && reachesTop(b))) return ANYTHING;
  if (a.low === Infinity || b.low === Infinity) return point(Infinity);
  if (a.high === -Infinity || b.high === -Infinity) return point(-Infinity);
  const [low, high] = [addDown(a.low, b.low), addUp(a.high, b.high)];
  return {
    low,
    high,
    lowOpen: low === -Infinity ? !(reachesBottom(a) || reachesBottom(b)) : a.lowOpen || b.lowOpen,
    highOpen: high === Infinity ? !(reachesTop(a) || reachesTop(b)) : a.highOpen || b.highOpen,
  };
}
export const difference = (a: Enclosure, b: Enclosure): Enclosure => sum(a, negate(b));

/** A product or quotient of two ends, and whether it is only approached. */
interface Corner {
  readonly down: number;
  readonly up: number;
  readonly open: boolean;
}
interface End {
  readonly value: number;
  readonly open: boolean;
}
const lowEnd = (x: Enclosure): End => ({ value: x.low, open: x.lowOpen });
const highEnd = (x: Enclosure): End => ({ value: x.high, open: x.highOpen });

function fromCorners(corners: readonly Corner[]): Enclosure {
  let [low, lowOpen, high, highOpen] = [Infinity, true, -Infinity, true];
  for (const { down, up, open } of corners) {
    if (down < low || (down === low && !open)) [low, lowOpen] = [down, open];
    if (up > high || (up === high && !open)) [high, highOpen] = [up, open];
  }
  return { low, high, lowOpen, highOpen };
}
const cornersOf = (a: Enclosure, b: Enclosure, corner: (x: End, y: End) => Corner): Enclosure =>
  fromCorners([
    corner(lowEnd(a), lowEnd(b)),
    corner(lowEnd(a), highEnd(b)),
    corner(highEnd(a), lowEnd(b)),
    corner(highEnd(a), highEnd(b)),
  ]);

const isInfinite = (x: number): boolean => x === Infinity || x === -Infinity;

/**
 * Where one end is 0 and reached, so is 0. A finite product of an infinite end, or an infinite one of finite ends, is an
 * approach; where an infinite end is reached, so is the product with anything but 0.
 */
function productCorner(x: End, y: End): Corner {
  const [down, up] = [mulDown(x.value, y.value), mulUp(x.value, y.value)];
  if (x.value === 0 || y.value === 0)
    return { down, up, open: !((x.value === 0 && !x.open) || (y.value === 0 && !y.open)) };
  if (isInfinite(x.value) || isInfinite(y.value))
    return { down, up, open: !((isInfinite(x.value) && !x.open) || (isInfinite(y.value) && !y.open)) };
  return { down, up, open: x.open || y.open || isInfinite(down) || isInfinite(up) || down === 0 || up === 0 };
}

/** Four products of ends, each within an ulp. 0 · ∞ is unknown where both are reached. */
export function product(a: Enclosure, b: Enclosure): Enclosure {
  if ((reachesInfinity(a) && holdsZero(b)) || (holdsZero(a) && reachesInfinity(b))) return ANYTHING;
  return cornersOf(a, b, productCorner);
}

/** `side` is the sign of what is divided by. An end of 0 is only approached here, from that side. */
function quotientCorner(x: End, y: End, side: 1 | -1): Corner {
  if (isInfinite(y.value)) return { down: 0, up: 0, open: y.open };
  if (x.value === 0) return { down: 0, up: 0, open: x.open };
  if (y.value === 0) {
    const value = x.value > 0 === side > 0 ? Infinity : -Infinity;
    return { down: value, up: value, open: !(isInfinite(x.value) && !x.open) };
  }
  const [down, up] = [divDown(x.value, y.value), divUp(x.value, y.value)];
  if (isInfinite(x.value)) return { down, up, open: x.open };
  return { down, up, open: x.open || y.open || isInfinite(down) || isInfinite(up) || down === 0 || up === 0 };
}

/** Where the divisor may be 0 nothing is known; elsewhere four quotients of ends, each within an ulp. */
export function quotient(a: Enclosure, b: Enclosure): Enclosure {
  if (holdsZero(b)) return isPoint(b) ? NOTHING : ANYTHING;
  if (reachesInfinity(a) && reachesInfinity(b)) return ANYTHING;
  const side = b.low >= 0 ? 1 : -1;
  return cornersOf(a, b, (x, y) => quotientCorner(x, y, side));
}

/** Whether every number of the one is below every number of the other. */
export const isBelow = (a: Enclosure, b: Enclosure): boolean =>
  a.high < b.low || (a.high === b.low && (a.highOpen || b.lowOpen));
/** Whether none of the one is above any of the other. */
export const isAtMost = (a: Enclosure, b: Enclosure): boolean => a.high <= b.low;
/** Whether both are one and the same number. */
export const isSame = (a: Enclosure, b: Enclosure): boolean => isPoint(a) && isPoint(b) && a.low === b.low;
