/**
 * Fused functions on WebAssembly with a memory of their own: arrays of the caller are copied in, and results out; float32 of
 * tokens when a walk comes to them, and all else whole.
 */
import { BatchError } from '../batch-error.js';
import { checkedBatch, valueOf, type ArrayStep } from './array-step.js';
import type { Numbers } from './arrays.js';
import { bytesOfBase64 } from './base64.js';
import { arraysInto } from './into.js';
import type { Memory } from './memory.js';
import { isWhole, type RowLayout } from './row-layout.js';
import { inBlocks, rolloutsAtOnce, type Outside } from './wasm-blocks.js';
import {
  HOST_MATHS,
  arenaIn,
  layoutBytes,
  layoutIn,
  wasmKernels,
  wasmMemory,
  type Arena,
  type Heap,
} from './wasm.js';

/** The bytes of a module, as base64: for every engine with SIMD, and for those with relaxed SIMD. */
export interface WasmModule {
  readonly simd: string;
  readonly relaxed: string;
}

/** A module that validates exactly where the engine has relaxed SIMD, as base64. */
const RELAXED_PROBE = 'AGFzbQEAAAABBgFgAXsBewMCAQAKDQELACAAIAAgAP2FAgs=';

/** What is used of the engine, which the types of a project may not know. */
interface JavascriptHost {
  readonly WebAssembly: {
    readonly validate: (bytes: Uint8Array) => boolean;
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object, imports: object) => { readonly exports: object };
    readonly Memory: new (size: { readonly initial: number }) => WasmPages;
  };
}
const javascriptHost = globalThis as unknown as JavascriptHost;

/** A memory of WebAssembly. */
export interface WasmPages {
  readonly buffer: ArrayBufferLike;
  readonly grow: (pages: number) => number;
}

/** The exported functions of a module in a memory; throws where the engine has no SIMD. */
export function instantiated(
  module: WasmModule,
  memory: object,
): Readonly<Record<string, (...args: readonly number[]) => void>> {
  const isRelaxed = javascriptHost.WebAssembly.validate(bytesOfBase64(RELAXED_PROBE));
  const compiled = new javascriptHost.WebAssembly.Module(
    bytesOfBase64(isRelaxed ? module.relaxed : module.simd),
  );
  const { exports } = new javascriptHost.WebAssembly.Instance(compiled, {
    env: { memory },
    host: HOST_MATHS,
  });
  return exports as Readonly<Record<string, (...args: readonly number[]) => void>>;
}

const PAGE = 65_536;

/** A heap that only grows: what is freed stays unused. Its owner asks for larger stretches, and for few. */
function growingHeap(memory: WasmPages): Heap {
  let end = 16;
  return {
    buffer: () => memory.buffer,
    allocate(bytes) {
      const at = end;
      end += Math.ceil(bytes / 16) * 16;
      const missing = end - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
      return at;
    },
    free: () => undefined,
  };
}

export interface WasmEngine {
  readonly run: <Result>(call: WasmCall<Result>) => Result;
}
interface FusedResult {
  readonly loss?: number;
  readonly gradients?: Readonly<Record<string, Numbers | number>>;
}
export interface WasmCall<Result> extends ArrayStep {
  readonly of: (batch: object, layout: RowLayout, memory: Memory, kernels: object) => Result;
}

/** An engine, which is made when it is first used. */
export function wasmEngine(module: WasmModule): WasmEngine {
  let made: WasmEngine | undefined;
  return { run: (call) => (made ??= startedEngine(module)).run(call) };
}

function startedEngine(module: WasmModule): WasmEngine {
  const memory = new javascriptHost.WebAssembly.Memory({ initial: 1 });
  const kernels = wasmKernels(instantiated(module, memory));
  const heap = growingHeap(memory);
  const [work, given] = [arenaIn(heap), arenaIn(heap)];
  return {
    run(call) {
      const { layout, of } = call;
      demandCountable(layout);
      const into = arraysInto(call);
      const { batch, layoutInHeap, outside, results } = placedInHeap(heap, given, call, into);
      const walks = inBlocks(kernels, heap, layout, outside);
      const result = of(batch, layoutInHeap, wasmMemory(heap, work, results), walks);
      return copiedOut(result, call.batch as GivenBatch, heap, into);
    },
  };
}

/** Walks count the bytes of an array of tokens in signed int32. */
const MOST_TOKENS = 2 ** 29 - 1;

function demandCountable({ rollouts, positions }: RowLayout): void {
  if (rollouts * positions > MOST_TOKENS)
    throw new BatchError(
      'mask',
      `the batch has ${String(rollouts)} × ${String(positions)} positions, expected ${String(MOST_TOKENS)} at most`,
    );
}

type GivenBatch = Readonly<Record<string, unknown>>;
const isArray = (value: unknown): value is Numbers =>
  value instanceof Float32Array || value instanceof Float64Array;

/** What walks find in the memory, and what is outside. */
interface Placed {
  readonly batch: object;
  readonly layoutInHeap: RowLayout;
  readonly outside: readonly Outside[];
  /** Room for the results, in order. */
  readonly results: readonly (number | Numbers)[];
}

/** Copies layout and inputs into the heap, but for float32 of tokens, and finds room for the results. */
function placedInHeap(heap: Heap, arena: Arena, step: ArrayStep, into: ReadonlyMap<string, Numbers>): Placed {
  const { inputs, batch, layout, outputs } = step;
  const arrays = inputs.flatMap((spec) => {
    if ((batch as GivenBatch)[spec.name] === undefined) return [];
    const value = valueOf(spec, step);
    if (typeof value === 'number') return [];
    // Quantiles are taken outside the memory, of the numbers that walks see: what is not of float32 is copied whole.
    const isOutside = spec.level === 'token' && spec.role !== 'tag' && value instanceof Float32Array;
    return [{ ...spec, value, tokens: isOutside ? value : undefined }];
  });
  const written = outputs.flatMap((name) => arrays.find((one) => one.name === name) ?? []);
  const block = rolloutsAtOnce(layout) * layout.positions;
  const roomFor = ({ tokens, value }: { tokens: Numbers | undefined; value: ArrayLike<number> }): number =>
    tokens === undefined ? value.length : block;
  const numbers = [...arrays, ...written].map(roomFor);
  arena.begin(layoutBytes(layout) + numbers.reduce((total, one) => total + 4 * one + 16, 0));
  const layoutInHeap = layoutIn(heap, layout, arena.take(layoutBytes(layout)));
  const placed = checkedBatch(step);
  const outside: Outside[] = [];
  for (const { name, role, value, tokens } of arrays) {
    if (tokens !== undefined) {
      // Walks are called with this very array: a batch may make another one whenever it is asked.
      Object.defineProperty(placed, name, { enumerable: true, value: tokens });
      if (!outside.some(({ array }) => array === tokens))
        outside.push({ array: tokens, at: arena.take(4 * block), isResult: false });
      continue;
    }
    const at = arena.take(4 * value.length);
    const view = (): Float32Array | Int32Array =>
      role === 'tag'
        ? new Int32Array(heap.buffer(), at, value.length)
        : new Float32Array(heap.buffer(), at, value.length);
    view().set(value);
    Object.defineProperty(placed, name, { enumerable: true, get: view });
  }
  const results = written.map((input) => {
    const { name, value, tokens } = input;
    const at = arena.take(4 * roomFor(input));
    if (tokens !== undefined) {
      const array = into.get(name) ?? new Float32Array(value.length);
      outside.push({ array, at, isResult: true });
      return array;
    }
    if (!isWhole(layout)) new Float32Array(heap.buffer(), at, value.length).fill(0);
    return at;
  });
  return { batch: placed, layoutInHeap, outside, results };
}

/** Results outside the memory: in arrays that are given, or in new ones of the precision of their inputs. */
function copiedOut<Result>(
  result: Result,
  batch: GivenBatch,
  heap: Heap,
  into: ReadonlyMap<string, Numbers>,
): Result {
  const { gradients } = result as FusedResult;
  if (gradients === undefined) return result;
  const outside = Object.entries(gradients).map(([name, value]) => {
    if (!isArray(value) || value.buffer !== heap.buffer()) return [name, value] as const;
    const given = into.get(name);
    if (given !== undefined) {
      given.set(value);
      return [name, given] as const;
    }
    return [name, batch[name] instanceof Float32Array ? value.slice() : Float64Array.from(value)] as const;
  });
  return { ...result, gradients: Object.fromEntries(outside) };
}
