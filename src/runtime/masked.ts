/** Token values without what stands at masked positions: 0 there, whatever it was. */
import * as tf from '@tensorflow/tfjs-core';
import type { Layout } from './layout.js';
import { widened } from './levels.js';
import { select } from './select.js';

/**
 * Whether a product is the cheaper way to 0, and values can be looked at without waiting for them. A product leaves
 * NaN and infinities behind, so its result is looked at, and where it is not finite, values are selected after all.
 */
const multiplies = (): boolean => tf.getBackend() === 'wasm';

const areFinite = (x: tf.Tensor): boolean => x.dataSync().every(Number.isFinite);

/** The sum over the tokens of each rollout: [B, T] → [B, 1]. */
export const sumOfTokens = (x: tf.Tensor, layout: Layout): tf.Tensor =>
  tf.tidy(() => {
    if (multiplies()) {
      const sums = tf.sum(tf.mul(x, layout.weights), 1, true);
      if (areFinite(sums)) return sums;
    }
    return tf.sum(select(layout.mask, x, layout.zeros), 1, true);
  });

/** A value per token, rollout or batch at the tokens that count, and 0 elsewhere: [B, T]. */
export const masked = (x: tf.Tensor | number, layout: Layout): tf.Tensor2D =>
  tf.tidy(() => {
    if (multiplies() && typeof x !== 'number') {
      const isWide = x.shape[1] === layout.positions && x.rank === 2;
      const product = tf.mul(x, layout.weights);
      // −0 + 0 = 0, in both cases, so that nothing depends on which one it is.
      return tf.add(areFinite(isWide ? tf.sum(product, 1) : x) ? product : selected(x, layout), 0);
    }
    return x === 0 ? tf.clone(layout.zeros) : selected(x, layout);
  });

function selected(x: tf.Tensor | number, layout: Layout): tf.Tensor2D {
  const isNarrow = typeof x === 'number' || x.size < layout.mask.size;
  return select(layout.mask, isNarrow ? widened(x, layout) : x, layout.zeros) as tf.Tensor2D;
}
