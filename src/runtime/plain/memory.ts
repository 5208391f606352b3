/** Where a fused function finds its arrays, and the walks over tokens that it calls. */
import type { Numbers } from './arrays.js';

export type LaneFlags = Uint8Array | Int32Array;

/** Makes arrays, which hold until the next `begin`. */
export interface Memory {
  /** Announces how many arrays are made, of how many numbers in all. */
  readonly begin: (arrays: number, numbers: number) => void;
  /** Zeros: numbers as float64, conditions as 0 and 1, places as integers, one per group or rollout. */
  readonly realArray: (size: number) => Float64Array;
  readonly flagArray: (size: number) => Uint8Array;
  readonly placeArray: (size: number) => Int32Array;
  /** Of tokens, as walks hold them; nothing is in them before it is written. */
  readonly laneArray: (size: number) => Numbers;
  readonly laneFlags: (size: number) => LaneFlags;
  /** Zeros for a result, of the precision of an input. */
  readonly output: (like: ArrayLike<number> | number, size: number) => Numbers;
  /** Room for one vector. */
  readonly scratch: Numbers;
}

export type KernelArgument = number | boolean | ArrayLike<number>;
