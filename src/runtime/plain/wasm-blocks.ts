/**
 * Walks in WebAssembly over arrays outside its memory: the tokens of some rollouts at a time are copied in, and results out,
 * so that they are near when the walk comes to them, and the memory stays small.
 */
import type { Numbers } from './arrays.js';
import type { KernelArgument } from './memory.js';
import { isWhole, type RowLayout } from './row-layout.js';
import type { Heap, WasmKernels } from './wasm.js';

/** An array of tokens outside the memory, with room for those of some rollouts in it. */
export interface Outside {
  readonly array: ArrayLike<number>;
  /** Where the room begins, in bytes. */
  readonly at: number;
  /** Whether walks write it, instead of reading it. */
  readonly isResult: boolean;
}

/** Bytes of an array that are in the memory at once, where a rollout takes no more. */
const BLOCK = 2 ** 18;

/** So many rollouts of each array are in the memory at once. */
export const rolloutsAtOnce = ({ rollouts, positions }: RowLayout): number =>
  Math.max(1, Math.min(rollouts, Math.floor(BLOCK / (4 * positions))));

/** The walks, which may be called with arrays that are outside, each there once, and look at the tokens of their own rollouts alone. */
export function inBlocks(
  kernels: WasmKernels,
  heap: Heap,
  layout: RowLayout,
  outside: readonly Outside[],
): WasmKernels {
  const { positions } = layout;
  const atOnce = rolloutsAtOnce(layout);
  const isFilled = isWhole(layout);
  /** Where the part begins of each input that the walk before has left. */
  const held = new Map<ArrayLike<number>, number>();
  const inBlocksOf =
    (walk: WasmKernels[string]): WasmKernels[string] =>
    (from, to, ...args) => {
      const own = outside.filter(({ array }) => args.includes(array));
      if (own.length === 0) walk(from, to, ...args);
      for (let first = from; first < to && own.length > 0; first += atOnce) {
        const last = Math.min(to, first + atOnce);
        const [start, end] = [first * positions, last * positions];
        const rooms = own.map((one) => ({
          ...one,
          room: new Float32Array(heap.buffer(), one.at, end - start),
        }));
        for (const { array, room, isResult } of rooms) {
          if (isResult) {
            // What is masked is not written.
            if (!isFilled) room.fill(0);
          } else if (held.get(array) !== start) {
            room.set(partOf(array, start, end));
            held.set(array, start);
          }
        }
        // A walk counts from the first token of the batch. One array may be several arguments.
        const placed = new Map<KernelArgument, number>(own.map(({ array, at }) => [array, at - 4 * start]));
        walk(first, last, ...args.map((one) => placed.get(one) ?? one));
        for (const { array, room, isResult } of rooms) if (isResult) (array as Numbers).set(room, start);
      }
    };
  return Object.fromEntries(Object.entries(kernels).map(([name, walk]) => [name, inBlocksOf(walk)]));
}

/** Without a copy, where that can be. */
const partOf = (array: ArrayLike<number>, from: number, to: number): ArrayLike<number> =>
  ArrayBuffer.isView(array)
    ? (array as unknown as Numbers).subarray(from, to)
    : (array as readonly number[]).slice(from, to);
