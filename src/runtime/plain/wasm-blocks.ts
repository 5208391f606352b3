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
  /** What walks are called with, for one argument or several. */
  readonly array: Numbers;
  /** Where the room begins, in bytes. */
  readonly at: number;
  /** Whether walks write it, instead of reading it. */
  readonly isResult: boolean;
}

/** Bytes of an array that are in the memory at once, where a rollout takes no more. */
const BLOCK = 2 ** 18;

/** How many rollouts of each array are in the memory at once, at least one. */
export const rolloutsAtOnce = ({ rollouts, positions }: RowLayout): number =>
  Math.max(1, Math.min(rollouts, Math.floor(BLOCK / (4 * positions))));

/** Walks that may be called with arrays that are `outside`, each listed once. A walk looks at tokens of its own rollouts only. */
export function inBlocks(
  kernels: WasmKernels,
  heap: Heap,
  layout: RowLayout,
  outside: readonly Outside[],
): WasmKernels {
  const { positions } = layout;
  const atOnce = rolloutsAtOnce(layout);
  const isFilled = isWhole(layout);
  /** The first token that is in the memory, of each input that a walk has read. */
  const held = new Map<Numbers, number>();
  const prepare = ({ array, isResult }: Outside, room: Float32Array, start: number): void => {
    if (isResult) {
      // What is masked is not written.
      if (!isFilled) room.fill(0);
    } else if (held.get(array) !== start) {
      room.set(array.subarray(start, start + room.length));
      held.set(array, start);
    }
  };
  const inBlocksOf =
    (walk: WasmKernels[string]): WasmKernels[string] =>
    (from, to, ...args) => {
      const own = outside.filter(({ array }) => args.includes(array));
      if (own.length === 0) {
        walk(from, to, ...args);
        return;
      }
      for (let first = from; first < to; first += atOnce) {
        const last = Math.min(to, first + atOnce);
        const start = first * positions;
        const rooms = own.map((one) => {
          const room = new Float32Array(heap.buffer(), one.at, (last - first) * positions);
          prepare(one, room, start);
          return { ...one, room };
        });
        // A walk counts from the first token of the batch.
        const placed = new Map<KernelArgument, number>(own.map(({ array, at }) => [array, at - 4 * start]));
        walk(first, last, ...args.map((one) => placed.get(one) ?? one));
        for (const { array, room, isResult } of rooms) if (isResult) array.set(room, start);
      }
    };
  return Object.fromEntries(Object.entries(kernels).map(([name, walk]) => [name, inBlocksOf(walk)]));
}
