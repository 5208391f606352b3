/** Kernels in the heap of the wasm backend, where its tensors are: nothing is copied. */
import * as tf from '@tensorflow/tfjs-core';
import type { RowLayout } from '../plain/row-layout.js';
import { instantiated } from '../plain/wasm-engine.js';
import { arenaIn, layoutBytes, layoutIn, wasmKernels, wasmMemory, type Heap } from '../plain/wasm.js';
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
  name: 'wasm',
  backend: 'wasm',
  start({ wasm }) {
    const backend: object = tf.backend();
    if (wasm === undefined) return 'the objective has no form in WebAssembly';
    if (!hasInsides(backend)) return 'this version of the wasm backend is another one than the kernels know';
    try {
      return runIn(backend, wasmKernels(instantiated(wasm, backend.wasm.asm.memory)));
    } catch (failure) {
      return `WebAssembly refuses the kernels: ${String(failure)}`;
    }
  },
};

/** Layouts in the heap, which is given back with them. */
const placedLayouts = new WeakMap<RowLayout, RowLayout>();

function runIn(backend: WasmBackend, kernels: object): FusedRun {
  const heap: Heap = {
    buffer: () => backend.wasm.HEAPU8.buffer,
    allocate: (bytes) => backend.wasm._malloc(bytes),
    free: (at) => {
      backend.wasm._free(at);
    },
  };
  const arena = arenaIn(heap);
  const offsetOf = ({ dataId }: tf.TensorInfo): number => backend.dataIdMap.get(dataId).memoryOffset;
  return (call) => {
    const rows = layoutOf(call, heap, offsetOf);
    const results = call.outputs.map((name) => {
      const info = backend.makeOutput(shapeOf(call, name), 'float32');
      return { name, tensor: tf.engine().makeTensorFromTensorInfo(info), at: offsetOf(info) };
    });
    for (const { tensor, at } of results) new Float32Array(heap.buffer(), at, tensor.size).fill(0);
    const batch = batchOf(call, (spec) => {
      const { role, level } = spec;
      const tensor = tensorOf(call, spec);
      const [buffer, at] = [heap.buffer(), offsetOf(tensor)];
      const values =
        role === 'tag' ? new Int32Array(buffer, at, tensor.size) : new Float32Array(buffer, at, tensor.size);
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
  };
}

/** The layout's arrays in the heap: once per layout, as a tensor of it, so that they go when it is disposed. */
function layoutOf({ layout }: FusedCall, heap: Heap, offsetOf: (tensor: tf.Tensor) => number): RowLayout {
  const { rows } = layout;
  const known = placedLayouts.get(rows);
  if (known !== undefined) return known;
  const bytes = layoutBytes(rows);
  const room = layout.derived('rows in the heap', () => tf.zeros([Math.max(1, bytes / 4)], 'int32'));
  const placed = layoutIn(heap, rows, offsetOf(room));
  placedLayouts.set(rows, placed);
  return placed;
}
