/**
 * Matrix product for dense layers, with a gradient of its own: the wasm backend leaves its fast path as soon as `matMul`
 * is asked to transpose, which tfjs's own gradient does. Explicit 2-D transposes keep forward and backward on it.
 */
import * as tf from '@tensorflow/tfjs';

/** x [n, k] · w [k, m] → [n, m]; differentiable once in both. */
export function matmul(x: tf.Tensor2D, w: tf.Tensor2D): tf.Tensor2D {
  return product(x, w);
}

const product = tf.customGrad<tf.Tensor2D>((...args) => {
  const [x, w] = args as tf.Tensor2D[] as [tf.Tensor2D, tf.Tensor2D];
  const save = args[2] as tf.GradSaveFunc;
  save([x, w]);
  return {
    value: tf.matMul(x, w),
    gradFunc: (dy, saved) => {
      const [keptX, keptW] = saved as [tf.Tensor2D, tf.Tensor2D];
      return [tf.matMul(dy, tf.transpose(keptW)), tf.matMul(tf.transpose(keptX), dy)];
    },
  };
});
