/** Where a range is cut in two: at round numbers, inwards to 0 and outwards to ∞ by factors. */
import type { Enclosure } from './enclosure.js';

/** Between the ends, if there is a double between them. */
export function splitPoint({ low, high }: Enclosure): number | undefined {
  const point = low < 0 && high > 0 ? 0 : low >= 0 ? splitAbove(low, high) : -splitAbove(-high, -low);
  return point > low && point < high ? point : undefined;
}

/** Of ends ≥ 0. */
function splitAbove(low: number, high: number): number {
  if (high === Infinity) return low < 1 ? 1 : 4 * low;
  if (low === 0) return high > 4 ? 1 : rounded(high / 2, high);
  const isWide = high / low > 16;
  return rounded(
    isWide ? Math.sqrt(low) * Math.sqrt(high) : low + (high - low) / 2,
    isWide ? low : high - low,
  );
}

/** A number of few digits beside `x`, by an eighth of `width` at most. */
function rounded(x: number, width: number): number {
  // Between the smallest doubles there is no grid.
  if (!(width / 16 > 0 && width < Infinity)) return x;
  let grid = 1;
  while (grid > width / 8) grid /= 2;
  while (grid <= width / 16) grid *= 2;
  const near = Math.round(x / grid) * grid;
  return Number.isFinite(near) ? near : x;
}

/** The share of the number line, bent to the length 2, that a range takes. */
export const share = ({ low, high }: Enclosure): number => bent(high) - bent(low);
const bent = (x: number): number => (x === Infinity ? 1 : x === -Infinity ? -1 : x / (1 + Math.abs(x)));
