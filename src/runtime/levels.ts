/**
 * Values seen from a finer level. Inside a generated module token values are [B, T], values per peer [B, O], rollout
 * values [B, 1], group values [P, 1] and batch values [].
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Layout } from './layout.js';

/** An input with one value per rollout or group, as a column: [N] → [N, 1]. */
export const column = (x: tf.Tensor): tf.Tensor => tf.reshape(x, [-1, 1]);

/** A group's value at each of its rollouts: [P, 1] → [B, 1]. */
export const toRollouts = (x: tf.Tensor, layout: Layout): tf.Tensor => tf.gather(x, layout.groupOfRollout, 0);

/**
 * An operation on a value per rollout and one per group, in either order: [B, 1]. Where the rollouts of each group stand
 * together, nothing is gathered.
 */
export function byGroup(
  operation: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
  y: tf.Tensor,
  layout: Layout,
  coarse: 'x' | 'y' = 'y',
): tf.Tensor {
  const { groups, groupSize } = layout;
  return tf.tidy(() => {
    const inTable = (one: tf.Tensor, isCoarse: boolean): tf.Tensor => {
      if (groupSize === undefined) return isCoarse ? toRollouts(one, layout) : one;
      return isCoarse ? one : tf.reshape(one, [groups, groupSize]);
    };
    return column(operation(inTable(x, coarse === 'x'), inTable(y, coarse === 'y')));
  });
}

/** Backends that are slow where a [B, 1] operand meets a [B, T] one. */
const SLOW_BROADCAST: readonly string[] = ['cpu', 'wasm'];

/** The levels below a rollout. */
type Inner = 'token' | 'peer';

/**
 * A value per rollout ([B, 1]) or of the batch ([] or a number) as an operand of token values: [B, T] where the
 * backend is slow at broadcasting, else as it is. Likewise of values per peer: [B, O].
 */
export function spread(x: tf.Tensor, layout: Layout, to: Inner = 'token'): tf.Tensor {
  if (!SLOW_BROADCAST.includes(tf.getBackend()) || x.rank === 0) return x;
  return widened(x, layout, to);
}

/** The same for an operand of `add`, `sub`, `mul` or `div`, which broadcast fast on more backends. */
export function spreadFactor(x: tf.Tensor, layout: Layout, to: Inner = 'token'): tf.Tensor {
  return tf.getBackend() === 'cpu' && x.rank !== 0 ? widened(x, layout, to) : x;
}

/** One value per token or peer, whatever the backend: [B, T] or [B, O]. */
export function widened(x: tf.Tensor | number, layout: Layout, to: Inner = 'token'): tf.Tensor {
  const table = to === 'token' ? layout : layout.peers;
  if (typeof x === 'number')
    return tf.fill([layout.rollouts, to === 'token' ? layout.positions : layout.peers.width], x);
  return tf.tidy(() => {
    if (x.dtype === 'bool') return tf.cast(widened(tf.cast(x, 'float32'), layout, to), 'bool');
    // A product or a sum would make numbers of ids.
    if (x.dtype === 'int32') {
      const width = to === 'token' ? layout.positions : layout.peers.width;
      return tf.tile(tf.reshape(x, [-1, 1]), [x.size === 1 ? layout.rollouts : 1, width]);
    }
    // Where broadcasting is slow, a product with ones copies exactly.
    const slow = x.rank !== 0 && SLOW_BROADCAST.includes(tf.getBackend());
    return slow ? tf.matMul(x as tf.Tensor2D, table.ones) : tf.add(table.zeros, x);
  });
}

/** One value per rollout or group where all are the same: [N, 1]. */
export function repeated(x: tf.Tensor | number, count: number): tf.Tensor {
  return typeof x === 'number' ? tf.fill([count, 1], x) : tf.tile(tf.reshape(x, [1, 1]), [count, 1]);
}

/**
 * Frees token values before the step ends, so that few of them exist at a time. What is not [B, T] is left alone:
 * `spread` may have passed it on, and `tf.tidy` frees it.
 */
export function release(layout: Layout, ...tensors: readonly tf.Tensor[]): void {
  if (layout.positions === 1) return;
  for (const tensor of tensors) if (tensor.shape[1] === layout.positions) tensor.dispose();
}

/** A finished number of the batch as a tensor of its own, []. */
export const scalar = (x: tf.Tensor | number): tf.Scalar =>
  typeof x === 'number' ? tf.scalar(x) : (tf.reshape(x, []) as tf.Scalar);
