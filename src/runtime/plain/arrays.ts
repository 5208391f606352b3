/** The arrays in which plain code holds values: numbers as float64, conditions as 0 and 1, placeArray as integers. */

export const realArray = (size: number): Float64Array => new Float64Array(size);
export const flagArray = (size: number): Uint8Array => new Uint8Array(size);
export const placeArray = (size: number): Int32Array => new Int32Array(size);

/** What numbers come in: float64, or float32 as a device has them. */
export type Numbers = Float64Array | Float32Array;

/** Zeros in an array of the same precision. */
export const zerosLike = (values: ArrayLike<number>, size: number): Numbers =>
  values instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);

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
