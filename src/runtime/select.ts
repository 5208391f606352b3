/** Selection: what is not chosen is not read. */
import * as tf from '@tensorflow/tfjs-core';

/**
 * `x` where the condition holds, `y` elsewhere; a number stands for itself everywhere. Like `tf.where`, which also
 * copies each operand, at the cost of three more kernels.
 */
export function select(condition: tf.Tensor, x: tf.Tensor | number, y: tf.Tensor | number): tf.Tensor {
  const shape = condition.shape;
  const t = typeof x === 'number' ? tf.fill(shape, x) : x;
  const e = typeof y === 'number' ? tf.fill(shape, y) : y;
  const isOneShape = tf.util.arraysEqual(shape, t.shape) && tf.util.arraysEqual(shape, e.shape);
  if (!isOneShape || shape.length === 0) return tf.where(condition, t, e);
  return tf.engine().runKernel(tf.Select, { condition, t, e } as unknown as tf.NamedTensorMap);
}
