/**
 * Fused functions on WebAssembly: arrays in its memory, walks in its code. Whose memory it is, and how room in it is had,
 * the caller says: one of our own, or that of a tensor library.
 */
import type { Numbers } from './arrays.js';
import type { KernelArgument, LaneFlags, Memory } from './memory.js';
import type { RowLayout } from './row-layout.js';

/** A memory, and room in it. */
export interface Heap {
  /** The memory as it is now: it is another one when it has grown. */
  readonly buffer: () => ArrayBufferLike;
  /** At least so many bytes, aligned to 16; what `free` takes back. Throws where there is no room. */
  readonly allocate: (bytes: number) => number;
  readonly free: (at: number) => void;
}

const ALIGNED = 16;
/** Bytes at either end of an array of tokens that a shift may read: a vector. */
const PAD = ALIGNED;
const alignedBytes = (bytes: number): number => Math.ceil(bytes / ALIGNED) * ALIGNED;

/** A stretch of a heap that is used over and over. */
export interface Arena {
  /** Makes sure of so many bytes, and begins again with the first. */
  readonly begin: (bytes: number) => void;
  /** The next bytes, aligned. */
  readonly take: (bytes: number) => number;
}

export function arenaIn(heap: Heap): Arena {
  let [start, size, next] = [0, 0, 0];
  return {
    begin(bytes) {
      if (bytes > size) {
        // With room to spare: batches that grow little by little do not take a new stretch each.
        const wanted = Math.max(bytes, alignedBytes(1.5 * size));
        if (size > 0) heap.free(start);
        size = 0;
        start = heap.allocate(wanted);
        size = wanted;
      }
      next = start;
    },
    take(bytes) {
      const at = next;
      next += alignedBytes(bytes);
      if (next > start + size) throw new Error(`internal: an arena of ${String(size)} bytes is too small`);
      return at;
    },
  };
}

/** A memory of arrays in an arena. Results are written to `outputs`, in order: at these bytes, or in arrays that walks know. */
export function wasmMemory(heap: Heap, arena: Arena, outputs: readonly (number | Numbers)[]): Memory {
  let written = 0;
  let scratchAt = 0;
  const padded = (bytes: number): number => {
    const at = arena.take(bytes + 2 * PAD);
    return at + PAD;
  };
  return {
    begin(arrays, numbers) {
      arena.begin(8 * numbers + arrays * (2 * PAD + ALIGNED) + ALIGNED);
      scratchAt = arena.take(ALIGNED);
    },
    realArray: (size) => new Float64Array(heap.buffer(), arena.take(8 * size), size).fill(0),
    flagArray: (size) => new Uint8Array(heap.buffer(), arena.take(size), size).fill(0),
    placeArray: (size) => new Int32Array(heap.buffer(), arena.take(4 * size), size).fill(0),
    laneArray: (size) => new Float32Array(heap.buffer(), padded(4 * size), size),
    laneFlags: (size): LaneFlags => new Int32Array(heap.buffer(), padded(4 * size), size),
    output(_like, size) {
      const room = outputs[written];
      if (room === undefined) throw new Error('internal: a result has no room');
      written += 1;
      return typeof room === 'number' ? new Float32Array(heap.buffer(), room, size) : room;
    },
    get scratch(): Numbers {
      if (scratchAt === 0) throw new Error('internal: room for a vector is asked for before there is any');
      return new Float32Array(heap.buffer(), scratchAt, 4);
    },
  };
}

type WasmFunction = (...args: readonly number[]) => void;
/** Walks, by name, as fused functions call them. */
export type WasmKernels = Readonly<
  Record<string, (from: number, to: number, ...args: readonly KernelArgument[]) => void>
>;

/** The walks of a module in WebAssembly: an array goes by where it is, and a number as it is. */
export const wasmKernels = (exported: Readonly<Record<string, WasmFunction>>): WasmKernels =>
  Object.fromEntries(
    Object.entries(exported).map(([name, walk]) => [
      name,
      (from, to, ...args) => {
        walk(from, to, ...args.map(asWasmNumber));
      },
    ]),
  );

const asWasmNumber = (argument: KernelArgument): number =>
  typeof argument === 'object' ? (argument as Float32Array).byteOffset : Number(argument);

/** What walks in WebAssembly call of the host. */
export const HOST_MATHS = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  tanh: Math.tanh,
  sign: Math.sign,
  pow: (x: number, y: number): number => (x > 0 ? Math.pow(x, y) : NaN),
} as const;

const LAYOUT_ARRAYS = [
  'groupOf',
  'members',
  'memberStart',
  'lengths',
  'runOf',
  'runStart',
  'runEnd',
] as const;

/** A layout whose arrays are in a heap: at `at`, one after the other; each is found there when it is read. */
export function layoutIn(heap: Heap, layout: RowLayout, at: number): RowLayout {
  let next = at;
  const placed = { ...layout };
  for (const name of LAYOUT_ARRAYS) {
    const values = layout[name];
    const own = next;
    next += alignedBytes(4 * values.length);
    new Int32Array(heap.buffer(), own, values.length).set(values);
    Object.defineProperty(placed, name, {
      enumerable: true,
      get: () => new Int32Array(heap.buffer(), own, values.length),
    });
  }
  return placed;
}

/** How many bytes the arrays of a layout take. */
export const layoutBytes = (layout: RowLayout): number =>
  LAYOUT_ARRAYS.reduce((total, name) => total + alignedBytes(4 * layout[name].length), 0);
