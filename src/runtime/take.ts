/** Entries of every row of a table, chosen by their columns. */
import * as tf from '@tensorflow/tfjs-core';

/** TensorFlow's kernel that takes columns reads them back first; the one that takes pairs does not. */
const takesPairs = (): boolean => tf.getBackend() === 'tensorflow';

/** Which entries to take: columns, [N, K] and whole numbers, in the form that the backend wants. */
export function indicesFrom(columns: tf.Tensor): tf.Tensor {
  const whole = tf.cast(columns, 'int32');
  return takesPairs() ? paired(whole) : whole;
}

/** [N, K, 2]: the row beside each column. */
export function paired(columns: tf.Tensor): tf.Tensor {
  const [rows = 1, width = 1] = columns.shape;
  const numbers = tf.reshape(tf.range(0, rows, 1, 'int32'), [rows, 1]);
  return tf.stack([tf.tile(numbers, [1, width]), columns], 2);
}

/** [N, M] and [N, K] of `indicesFrom`: the entries, [N, K]. */
export const take = (table: tf.Tensor, indices: tf.Tensor): tf.Tensor =>
  takesPairs() ? tf.gatherND(table, indices) : tf.gather(table, indices as tf.Tensor2D, 1, 1);
