/** What each claim on the shape of a function forbids: two or three points of it, by increasing x. */
import type { Monotone } from '../../../ir/claim.js';
import { difference, isAtMost, isBelow, point, product, type Enclosure } from '../../interval/enclosure.js';
import { differing, excess } from '../margins.js';

/** The value of the function at a point, and whatever else the claim reads there. */
export interface Sampled<N> {
  readonly x: N;
  readonly parts: readonly N[];
}

export interface Forbidden {
  readonly size: 2 | 3;
  /** Above 0 where numbers break the claim. */
  readonly margin: (samples: readonly Sampled<number>[]) => number;
  /** Whether enclosures do, whatever the values inside are. */
  readonly isSure: (points: readonly Sampled<Enclosure>[]) => boolean;
}

const NAN = point(NaN);
const values = (samples: readonly Sampled<number>[]): readonly number[] =>
  samples.map(({ parts }) => parts[0] ?? NaN);
const enclosed = (points: readonly Sampled<Enclosure>[]): readonly Enclosure[] =>
  points.map(({ parts }) => parts[0] ?? NAN);

/** Two values in an order in which the claim forbids them. */
const ordered = (falls: boolean, ties: boolean): Forbidden => ({
  size: 2,
  margin: (samples) => {
    const [a = NaN, b = NaN] = values(samples);
    return falls ? excess(a, b, ties) : excess(b, a, ties);
  },
  isSure: (points) => {
    const [a = NAN, b = NAN] = enclosed(points);
    const [low, high] = falls ? [b, a] : [a, b];
    return ties ? isAtMost(low, high) : isBelow(low, high);
  },
});

export const unequal: Forbidden = {
  size: 2,
  margin: (samples) => {
    const [a = NaN, b = NaN] = values(samples);
    return differing(a, b);
  },
  isSure: (points) => {
    const [a = NAN, b = NAN] = enclosed(points);
    return isBelow(a, b) || isBelow(b, a);
  },
};

export const tooSteep: Forbidden = {
  size: 2,
  margin: (samples) => {
    const [from, to] = samples;
    const [a = NaN, b = NaN] = values(samples);
    const allowed = (from?.parts[1] ?? NaN) * ((to?.x ?? NaN) - (from?.x ?? NaN));
    const rise = Math.abs(b - a);
    // What the subtraction has lost counts for the claim.
    return rise <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) ? -1 : excess(rise, allowed, false);
  },
  isSure: (points) => {
    const [from, to] = points;
    const [a = NAN, b = NAN] = enclosed(points);
    const allowed = product(from?.parts[1] ?? NAN, difference(to?.x ?? NAN, from?.x ?? NAN));
    return isBelow(allowed, difference(b, a)) || isBelow(allowed, difference(a, b));
  },
};

/** (x₃ − x₂)·e₁ + (x₂ − x₁)·e₃ < (x₃ − x₁)·e₂. */
export const aboveItsChord: Forbidden = {
  size: 3,
  margin: (samples) => {
    const [a = NaN, b = NaN, c = NaN] = values(samples);
    const [p = NaN, q = NaN, r = NaN] = samples.map(({ x }) => x);
    const chord = ((r - q) * a + (q - p) * c) / (r - p);
    const size = Math.max(Math.abs(a), Math.abs(b), Math.abs(c));
    const over = b - chord;
    return size === 0 ? 0 : over > 1e-9 * size || over < 0 ? over / size : 0;
  },
  isSure: (points) => {
    const [a = NAN, b = NAN, c = NAN] = enclosed(points);
    const [p = NAN, q = NAN, r = NAN] = points.map(({ x }) => x);
    // The same with e₂ subtracted: (x₃ − x₂)·(e₁ − e₂) + (x₂ − x₁)·(e₃ − e₂) < 0.
    const left = product(difference(r, q), difference(a, b));
    const right = product(difference(q, p), difference(b, c));
    return isBelow(left, right);
  },
};

/** The opposite of a direction; of a strict one, ties too. */
export const against: Readonly<Record<Monotone, Forbidden>> = {
  nonincreasing: ordered(false, false),
  nondecreasing: ordered(true, false),
  decreasing: ordered(false, true),
  increasing: ordered(true, true),
};

/** Whether points come by surely increasing x. */
export const inOrder = (points: readonly Sampled<Enclosure>[]): boolean =>
  points.every(({ x }, at) => {
    const before = points[at - 1];
    return before === undefined || isBelow(before.x, x);
  });
