/**
 * Tags on tensors: integers of 32 bits, compared exactly. Most kernels of WebGPU read integers as float32, which merges
 * those beyond 2^24, so that it gets kernels of its own here.
 */
import * as tf from '@tensorflow/tfjs-core';
import { BatchError } from './batch-error.js';
import type { Layout } from './layout.js';

/** The backends that hold, compare and copy integers of 32 bits exactly, with the help of this file. */
const EXACT: readonly string[] = ['cpu', 'wasm', 'tensorflow', 'webgpu'];

/** The ids of a batch as they are given; anything but integers would be merged without a word. */
export function idsOf(x: tf.Tensor, name: string): tf.Tensor {
  if (x.dtype !== 'int32') throw new BatchError(name, `\`${name}\` holds ${x.dtype}, expected int32`);
  if (EXACT.includes(tf.getBackend())) return x;
  throw new BatchError(
    name,
    `the backend ${tf.getBackend()} merges large ids, expected one of ${EXACT.join(', ')}`,
  );
}

const isInt32 = (id: number): boolean => Number.isInteger(id) && id >= -(2 ** 31) && id < 2 ** 31;

/** Whether two ids are the same; a number is a literal. */
export function sameTag(x: tf.Tensor | number, y: tf.Tensor | number): tf.Tensor {
  if (typeof x === 'number') return typeof y === 'number' ? tf.scalar(x === y, 'bool') : sameTag(y, x);
  if (typeof y === 'number' && !isInt32(y)) return tf.zeros(x.shape, 'bool');
  return tf.tidy(() => {
    const other = typeof y === 'number' ? tf.scalar(y, 'int32') : y;
    return tf.getBackend() === 'webgpu' ? compared(x, other) : tf.equal(x, other);
  });
}

/** Whether two ids differ. */
export const otherTag = (x: tf.Tensor | number, y: tf.Tensor | number): tf.Tensor =>
  tf.tidy(() => tf.logicalNot(sameTag(x, y)));

/** A group's id at each of its rollouts: [P, 1] → [B, 1]. */
export function tagToRollouts(x: tf.Tensor, layout: Layout): tf.Tensor {
  if (tf.getBackend() !== 'webgpu') return tf.gather(x, layout.groupOfRollout, 0);
  const source = 'result[index] = A[indices[index]];';
  return onWebGPU('VerilossGatherTags', source, ['A', 'indices'], [layout.rollouts, 1], 'int32', [
    x,
    layout.groupOfRollout,
  ]);
}

/** `tf.equal` on integers, with operands of up to two dimensions that broadcast. */
function compared(x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const shape = tf.backend_util.assertAndGetBroadcastShape(x.shape, y.shape);
  const table = (one: tf.Tensor): tf.Tensor =>
    tf.reshape(one, [one.shape.at(-2) ?? 1, one.shape.at(-1) ?? 1]);
  const [a, b] = [table(x), table(y)];
  const rows = Math.max(a.shape[0] ?? 1, b.shape[0] ?? 1);
  const columns = Math.max(a.shape[1] ?? 1, b.shape[1] ?? 1);
  const source = `
    let row = index / uniforms.outShape[1];
    let column = index % uniforms.outShape[1];
    let a = A[min(row, uniforms.aShape[0] - 1) * uniforms.aShape[1] + min(column, uniforms.aShape[1] - 1)];
    let b = B[min(row, uniforms.bShape[0] - 1) * uniforms.bShape[1] + min(column, uniforms.bShape[1] - 1)];
    result[index] = select(0, 1, a == b);`;
  return tf.reshape(onWebGPU('VerilossSameTags', source, ['A', 'B'], [rows, columns], 'bool', [a, b]), shape);
}

/** The part of tfjs's WebGPU backend that runs a shader. */
interface WebGPU {
  readonly runWebGPUProgram: (
    program: object,
    inputs: readonly tf.TensorInfo[],
    dtype: string,
  ) => tf.TensorInfo;
}

const WORKGROUP = 64;

/** Runs a shader with one thread per element of its result, as a kernel, so that tfjs keeps the books. */
function onWebGPU(
  kernelName: string,
  source: string,
  variableNames: readonly string[],
  shape: readonly number[],
  dtype: 'bool' | 'int32',
  inputs: readonly tf.Tensor[],
): tf.Tensor {
  if (tf.getKernel(kernelName, 'webgpu') === undefined)
    tf.registerKernel({
      kernelName,
      backendName: 'webgpu',
      kernelFunc: ({ inputs: given, backend, attrs }) => {
        const outputShape = attrs?.['shape'] as readonly number[];
        const program = {
          outputShape,
          shaderKey: kernelName,
          variableNames,
          dispatchLayout: { x: outputShape.map((_, at) => at) },
          dispatch: [Math.ceil(tf.util.sizeFromShape([...outputShape]) / WORKGROUP), 1, 1],
          workgroupSize: [WORKGROUP, 1, 1],
          size: true,
          getUserCode: () => `fn main(index : i32) { if (index < uniforms.size) { ${source} } }`,
        };
        const operands = variableNames.map((name) => given[name] as tf.TensorInfo);
        return (backend as unknown as WebGPU).runWebGPUProgram(program, operands, dtype);
      },
    });
  const named = Object.fromEntries(variableNames.map((name, at) => [name, inputs[at]]));
  return tf.engine().runKernel(kernelName, named as tf.NamedTensorMap, { shape: [...shape] });
}
