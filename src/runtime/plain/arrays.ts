/** Plain arrays: what values come in, and the memory that makes new ones. */
import type { Memory } from './memory.js';

/** What numbers come in: float64, or float32 as a device has them. */
export type Numbers = Float64Array | Float32Array;

export const isList = (value: unknown): value is ArrayLike<number> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** New arrays of JavaScript: float64 everywhere, but for results of float32 inputs. */
export const plainMemory: Memory = {
  begin: () => undefined,
  realArray: (size) => new Float64Array(size),
  flagArray: (size) => new Uint8Array(size),
  placeArray: (size) => new Int32Array(size),
  laneArray: (size) => new Float64Array(size),
  laneFlags: (size) => new Uint8Array(size),
  output: (like, size) => (like instanceof Float32Array ? new Float32Array(size) : new Float64Array(size)),
  scratch: new Float64Array(0),
};

/**
 * Linear interpolation between the two numbers around place q · (n − 1) of the sorted ones; NaN where one is, or where q
 * lies outside [0, 1]; 0 of none.
 */
export function quantileOf(values: readonly number[], q: number): number {
  if (values.length === 0) return 0;
  if (!(q >= 0 && q <= 1) || values.some(Number.isNaN)) return NaN;
  const sorted = Float64Array.from(values).sort();
  const place = q * (sorted.length - 1);
  const [low, high] = [Math.floor(place), Math.ceil(place)];
  const [below = NaN, above = NaN] = [sorted[low], sorted[high]];
  return low === high ? below : below * (1 - (place - low)) + above * (place - low);
}
