/** Kernels in the heap of the wasm backend, where its tensors are: nothing is copied. */
import * as tf from '@tensorflow/tfjs-core';
import { isWhole, type RowLayout } from '../plain/row-layout.js';
import { instantiated } from '../plain/wasm-engine.js';
import { arenaIn, layoutBytes, layoutIn, wasmKernels, wasmMemory, type Heap } from '../plain/wasm.js';
import { isLost } from '../readable.js';
import type { FusedPath } from './path.js';
import { asTensors, batchOf, shapeOf, tensorOf, type FusedCall, type FusedRun } from './run.js';

/** What is used of the backend; the version of tfjs is pinned, and what is missing is reported. */
interface WasmBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    readonly asm: { readonly memory: object };
    readonly _malloc: (bytes: number) => number;
    readonly _free: (at: number) => void;
  };
  readonly dataIdMap: { readonly get: (id: object) => { readonly memoryOffset: number } };
  readonly makeOutput: (shape: readonly number[], dtype: 'float32') => tf.TensorInfo;
}

const hasInsides = (backend: object): backend is WasmBackend => {
  const { wasm, dataIdMap, makeOutput } = backend as Partial<WasmBackend>;
  return (
    wasm?.HEAPU8 instanceof Uint8Array &&
    typeof wasm._malloc === 'function' &&
    wasm.asm?.memory !== undefined &&
    dataIdMap !== undefined &&
    typeof makeOutput === 'function'
  );
};

export const wasmPath: FusedPath = {
  start({ wasm }) {
    const backend: object = tf.backend();
    if (!hasInsides(backend)) return 'this version of the wasm backend is another one than the kernels know';
    try {
      return runIn(backend, wasmKernels(instantiated(wasm, backend.wasm.asm.memory)));
    } catch (failure) {
      return `WebAssembly refuses the kernels: ${String(failure)}`;
    }
  },
};

function runIn(backend: WasmBackend, kernels: object): FusedRun {
  const heap: Heap = {
    buffer: () => backend.wasm.HEAPU8.buffer,
    allocate: (bytes) => {
      const at = backend.wasm._malloc(bytes) >>> 0;
      if (at === 0) throw new Error(`the wasm backend has no room for ${String(bytes)} bytes`);
      return at;
    },
    free: (at) => {
      backend.wasm._free(at);
    },
  };
  const arena = arenaIn(heap);
  // The backend has addresses as signed integers: beyond 2 GiB they are negative.
  const offsetOf = ({ dataId }: tf.TensorInfo): number => backend.dataIdMap.get(dataId).memoryOffset >>> 0;
  /** Once per layout. */
  const placed = new WeakMap<RowLayout, RowLayout>();
  return (call) => {
    // Tensors that another backend has made come into the heap, which may grow: what is read of it before is gone then.
    for (const value of Object.values(call.batch))
      if (value instanceof tf.Tensor && !value.isDisposed && !isLost(value)) offsetOf(value);
    const rows = layoutOf(call, placed, heap, offsetOf);
    const made = call.outputs.map((name) => {
      const info = backend.makeOutput(shapeOf(call, name), 'float32');
      return { name, tensor: tf.engine().makeTensorFromTensorInfo(info) };
    });
    try {
      const results = made.map((one) => ({ ...one, at: offsetOf(one.tensor) }));
      for (const { tensor, at } of results) {
        if (at === 0 && tensor.size > 0)
          throw new Error(`the wasm backend has no room for a gradient of ${String(tensor.size)} numbers`);
        if (!isWhole(call.layout.rows)) new Float32Array(heap.buffer(), at, tensor.size).fill(0);
      }
      const batch = batchOf(call, (spec) => {
        const { role, level } = spec;
        const tensor = tensorOf(call, spec);
        const [at, buffer] = [offsetOf(tensor), heap.buffer()];
        const values =
          role === 'tag'
            ? new Int32Array(buffer, at, tensor.size)
            : new Float32Array(buffer, at, tensor.size);
        return level === 'batch' ? values[0] : values;
      });
      const memory = wasmMemory(
        heap,
        arena,
        results.map(({ at }) => at),
      );
      const result = call.of(batch, rows, memory, kernels);
      return asTensors(result, (_values, name) => {
        const found = results.find((one) => one.name === name);
        if (found === undefined) throw new Error(`internal: no room for the gradient of ${name}`);
        return found.tensor;
      });
    } catch (failure) {
      tf.dispose(made.map(({ tensor }) => tensor));
      throw failure;
    }
  };
}

/** The layout's arrays in the heap, as a tensor of it, so that they go when it is disposed. */
function layoutOf(
  { layout }: FusedCall,
  placed: WeakMap<RowLayout, RowLayout>,
  heap: Heap,
  offsetOf: (tensor: tf.Tensor) => number,
): RowLayout {
  const { rows } = layout;
  const known = placed.get(rows);
  if (known !== undefined) return known;
  const bytes = layoutBytes(rows);
  const room = layout.derived('rows in the heap', () => tf.zeros([Math.max(1, bytes / 4)], 'int32'));
  const own = layoutIn(heap, rows, offsetOf(room));
  placed.set(rows, own);
  return own;
}
