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

const endText = (value: number): string =>
  value === Infinity ? 'inf' : value === -Infinity ? '-inf' : String(value);

/** In the language's own notation: `(0, inf)`, `[0, 1]`. */
export const intervalText = (interval: Interval): string =>
  `${interval.lowOpen ? '(' : '['}${endText(interval.low)}, ${endText(interval.high)}${interval.highOpen ? ')' : ']'}`;
