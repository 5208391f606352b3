/** Tensors whose values are gone: what reads them fails with an error that names no tensor, or reads what is there by now. */
import * as tf from '@tensorflow/tfjs-core';
import { BatchError } from './batch-error.js';

/** Whether the backend that has the values was removed from tfjs (`tf.removeBackend`), and its memory with it. */
export function isLost(tensor: tf.Tensor): boolean {
  const { registry, state } = tf.engine();
  const backend = state.tensorInfo.get(tensor.dataId)?.backend;
  return backend !== undefined && !Object.values(registry).includes(backend);
}

/** Throws a `BatchError` for an input that was disposed, or lost. */
export function demandReadable(name: string, tensor: tf.Tensor): void {
  if (tensor.isDisposed) throw new BatchError(name, `\`${name}\` was disposed before this call`);
  if (isLost(tensor))
    throw new BatchError(
      name,
      `\`${name}\` is of a backend that was removed from tfjs, expected a tensor that was made since`,
    );
}
