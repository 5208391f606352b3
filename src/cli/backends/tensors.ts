/** Dense values as tensors, and back. */
import type { DenseBatch, DenseValue, Declaration } from '../../batch/dense.js';
import type { Tensor, TensorFlow } from './tensorflow.js';

type Rows = readonly (readonly number[])[];
const isRows = (value: readonly unknown[]): value is Rows => Array.isArray(value[0]);

function toTensor(tf: TensorFlow, value: DenseValue, isTag = false): Tensor {
  const tensor = (values: readonly number[], shape: number[]): Tensor =>
    isTag
      ? tf.tensor(Int32Array.from(values), shape, 'int32')
      : tf.tensor(Float32Array.from(values), shape, 'float32');
  if (typeof value === 'number') return tensor([value], []);
  if (isRows(value)) return tensor(value.flat(), [value.length, value[0]?.length ?? 0]);
  return tensor(value as readonly number[], [value.length]);
}

/** What generated code takes: group ids on the host, everything else as tensors. */
export type DeviceBatch = Readonly<Record<string, Tensor | readonly number[]>>;

export function toDevice(tf: TensorFlow, batch: DenseBatch, inputs: readonly Declaration[]): DeviceBatch {
  const members = inputs.flatMap(({ name, role }) => {
    const value = batch.values.get(name);
    return value === undefined ? [] : [[name, toTensor(tf, value, role === 'tag')] as const];
  });
  const mask = batch.mask === undefined ? {} : { mask: toTensor(tf, batch.mask) };
  return { ...Object.fromEntries(members), group: batch.group, ...mask };
}

/** The values of a tensor of rank 0, 1 or 2. */
export async function fromTensor(tensor: Tensor): Promise<DenseValue> {
  const values = Array.from(await tensor.data());
  const [rows, columns] = tensor.shape;
  if (rows === undefined) return values[0] ?? NaN;
  if (columns === undefined) return values;
  return Array.from({ length: rows }, (_, row) => values.slice(row * columns, (row + 1) * columns));
}
