/** Entries of every row of a table, chosen by their columns. */
import * as tf from '@tensorflow/tfjs-core';

/** [N, K] columns, whole numbers, and the row beside each: [N, K, 2], int32. */
export function entriesAt(columns: tf.Tensor): tf.Tensor {
  const [rows = 1, width = 1] = columns.shape;
  const numbers = tf.reshape(tf.range(0, rows, 1, 'int32'), [rows, 1]);
  return tf.stack([tf.tile(numbers, [1, width]), tf.cast(columns, 'int32')], 2);
}

/**
 * The entries of [N, M] at [N, K, 2], as [N, K]. Not by tfjs's `gather` with a batch dimension, which reads elsewhere
 * on wasm, and on TensorFlow reads back where to look.
 */
export const take = (table: tf.Tensor, entries: tf.Tensor): tf.Tensor => tf.gatherND(table, entries);
