/** Where a fused function finds its arrays, and the walks over tokens that it calls. */
import type { Numbers } from './arrays.js';

export type LaneFlags = Uint8Array | Int32Array;

/** Makes arrays of zeros; they hold until the next `begin`. */
export interface Memory {
  /** Announces how many arrays are made, of how many numbers in all. */
  readonly begin: (arrays: number, numbers: number) => void;
  /** Numbers as float64, conditions as 0 and 1, places as integers: one per group or rollout. */
  readonly realArray: (size: number) => Float64Array;
  readonly flagArray: (size: number) => Uint8Array;
  readonly placeArray: (size: number) => Int32Array;
  /** The same per token, as walks hold them. */
  readonly laneArray: (size: number) => Numbers;
  readonly laneFlags: (size: number) => LaneFlags;
  /** An array for a result, of the precision of an input. */
  readonly output: (like: ArrayLike<number> | number, size: number) => Numbers;
  /** Room for one vector. */
  readonly scratch: Numbers;
}

export type KernelArgument = number | boolean | ArrayLike<number>;
/** Walks over the rollouts `from` up to, and without, `to`. */
export type Kernel = (from: number, to: number, ...args: never[]) => void;
export type Kernels = Readonly<Record<string, (from: number, to: number, ...args: KernelArgument[]) => void>>;
