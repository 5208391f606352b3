/** Real intervals with open or closed ends. Infinite ends are open. */

export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}

/** `[low, high]`, with infinite ends open. */
export const closed = (low: number, high: number): Interval => ({
  low,
  high,
  lowOpen: low === -Infinity,
  highOpen: high === Infinity,
});

/** `(low, high)`. */
export const open = (low: number, high: number): Interval => ({ low, high, lowOpen: true, highOpen: true });

export const REALS: Interval = open(-Infinity, Infinity);

/** Whether a number lies in the interval; NaN never does. */
export const contains = (interval: Interval, value: number): boolean =>
  (interval.lowOpen ? value > interval.low : value >= interval.low) &&
  (interval.highOpen ? value < interval.high : value <= interval.high);

/** The smallest interval that covers both. */
export function hull(a: Interval, b: Interval): Interval {
  const low = Math.min(a.low, b.low);
  const high = Math.max(a.high, b.high);
  return {
    low,
    high,
    lowOpen: (a.low > low || a.lowOpen) && (b.low > low || b.lowOpen),
    highOpen: (a.high < high || a.highOpen) && (b.high < high || b.highOpen),
  };
}

/** What lies in both. It is empty, its low end above its high one, where nothing does. */
export const intersection = (a: Interval, b: Interval): Interval => ({
  low: Math.max(a.low, b.low),
  high: Math.min(a.high, b.high),
  lowOpen: (a.low >= b.low && a.lowOpen) || (b.low >= a.low && b.lowOpen),
  highOpen: (a.high <= b.high && a.highOpen) || (b.high <= a.high && b.highOpen),
});

/** An end in the language's own notation. */
export const endText = (value: number): string =>
  value === Infinity ? 'inf' : value === -Infinity ? '-inf' : String(value);

/** In the language's own notation: `(0, inf)`, `[0, 1]`. */
export const intervalText = (interval: Interval): string =>
  `${interval.lowOpen ? '(' : '['}${endText(interval.low)}, ${endText(interval.high)}${interval.highOpen ? ')' : ']'}`;

/** A single point; an infinite one is the empty approach to it, kept as a closed end. */
export const point = (value: number): Interval => ({
  low: value,
  high: value,
  lowOpen: false,
  highOpen: false,
});

/** 0 · ∞ is 0 here: an infinite end is only approached, so the product with an exact 0 is 0. */
const endProduct = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

interface End {
  readonly value: number;
  readonly open: boolean;
}
const lowest = (ends: readonly End[]): End =>
  ends.reduce((best, one) =>
    one.value < best.value || (one.value === best.value && !one.open) ? one : best,
  );
const highest = (ends: readonly End[]): End =>
  ends.reduce((best, one) =>
    one.value > best.value || (one.value === best.value && !one.open) ? one : best,
  );
const fromEnds = (ends: readonly End[]): Interval => {
  const low = lowest(ends);
  const high = highest(ends);
  return { low: low.value, high: high.value, lowOpen: low.open, highOpen: high.open };
};

/** The image under an increasing function, with its one-sided limits at infinite ends. */
export const increasingImage = (x: Interval, f: (value: number) => number): Interval => ({
  low: f(x.low),
  high: f(x.high),
  lowOpen: x.lowOpen,
  highOpen: x.highOpen,
});

export const negate = (x: Interval): Interval => ({
  low: -x.high || 0,
  high: -x.low || 0,
  lowOpen: x.highOpen,
  highOpen: x.lowOpen,
});

export const sum = (a: Interval, b: Interval): Interval => ({
  low: a.low + b.low,
  high: a.high + b.high,
  lowOpen: a.lowOpen || b.lowOpen,
  highOpen: a.highOpen || b.highOpen,
});

export function product(a: Interval, b: Interval): Interval {
  const ends = (x: Interval): readonly End[] => [
    { value: x.low, open: x.lowOpen },
    { value: x.high, open: x.highOpen },
  ];
  return fromEnds(
    ends(a).flatMap((x) =>
      ends(b).map((y) => {
        const value = endProduct(x.value, y.value);
        const zeroReached = value === 0 && ((x.value === 0 && !x.open) || (y.value === 0 && !y.open));
        return { value, open: zeroReached ? false : x.open || y.open };
      }),
    ),
  );
}

/** 1/x where x is not 0; the whole line when 0 is strictly inside. */
export function reciprocal(x: Interval): Interval {
  if (x.low < 0 && x.high > 0) return REALS;
  const low = x.high === 0 ? -Infinity : x.high === Infinity ? 0 : 1 / x.high;
  const high = x.low === 0 ? Infinity : x.low === -Infinity ? 0 : 1 / x.low;
  if (x.low === 0 && x.high === 0) return REALS;
  return { low, high, lowOpen: x.highOpen || low === -Infinity, highOpen: x.lowOpen || high === Infinity };
}

/** Pointwise maximum and minimum. */
export const maximum = (a: Interval, b: Interval): Interval => ({
  ...withHigherLow(a, b),
  ...(a.high === b.high
    ? { high: a.high, highOpen: a.highOpen && b.highOpen }
    : a.high > b.high
      ? { high: a.high, highOpen: a.highOpen }
      : { high: b.high, highOpen: b.highOpen }),
});
const withHigherLow = (a: Interval, b: Interval): Interval =>
  a.low === b.low ? { ...a, lowOpen: a.lowOpen || b.lowOpen } : a.low > b.low ? a : b;
export const minimum = (a: Interval, b: Interval): Interval => negate(maximum(negate(a), negate(b)));

/** |x|. */
export function magnitude(x: Interval): Interval {
  if (x.low >= 0) return x;
  if (x.high <= 0) return negate(x);
  const top = maximum(x, negate(x));
  return { low: 0, lowOpen: false, high: top.high, highOpen: top.highOpen };
}
