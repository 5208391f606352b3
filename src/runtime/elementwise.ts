/**
 * Elementwise functions of which some backend has none that is exact: NaN lost by `minimum`, `clipByValue` and `sign`,
 * digits lost by `log1p`, `expm1`, `softplus`, `tanh` and `log`. Each takes the backend's own kernel where that is right.
 */
import * as tf from '@tensorflow/tfjs-core';
import { select } from './select.js';

type Operand = tf.Tensor | number;

const ACCURATE = new Set(['cpu', 'tensorflow']);
/** Whether the active backend computes with the precision of float32 close to the zeros of these functions. */
const isAccurate = (): boolean => ACCURATE.has(tf.getBackend());
/** Whether it loses a NaN in `minimum`, `maximum` and `clipByValue`. */
const losesNaN = (): boolean => tf.getBackend() === 'wasm';

const isNumber = (x: Operand): x is number => typeof x === 'number';

/**
 * The smaller of two values; NaN where either is. `atMost` is `x ≤ y`, where it is at hand: some backends can use it.
 */
export function minimum(x: Operand, y: Operand, atMost?: tf.Tensor): tf.Tensor {
  if (isNumber(x)) return isNumber(y) ? tf.scalar(Math.min(x, y)) : minimum(y, x);
  if (!losesNaN()) return tf.minimum(x, y);
  if (isNumber(y)) return Number.isNaN(y) ? tf.fill(x.shape, NaN) : tf.minimum(x, y);
  return tf.tidy(() => select(atMost ?? tf.lessEqual(x, y), x, select(tf.isNaN(x), x, y)));
}

/** The larger of two values; NaN where either is. `atLeast` is `x ≥ y`, where it is at hand. */
export function maximum(x: Operand, y: Operand, atLeast?: tf.Tensor): tf.Tensor {
  if (isNumber(x)) return isNumber(y) ? tf.scalar(Math.max(x, y)) : maximum(y, x);
  if (!losesNaN()) return tf.maximum(x, y);
  if (isNumber(y)) return Number.isNaN(y) ? tf.fill(x.shape, NaN) : tf.maximum(x, y);
  return tf.tidy(() => select(atLeast ?? tf.greaterEqual(x, y), x, select(tf.isNaN(x), x, y)));
}

/** `low` below `low`, else `high` above `high`, else `x`; NaN where any argument is. */
export function clip(x: tf.Tensor, low: Operand, high: Operand): tf.Tensor {
  return tf.tidy(() => {
    if (isNumber(low) && isNumber(high) && low <= high) {
      const clipped = tf.clipByValue(x, low, high);
      return losesNaN() ? select(tf.isNaN(x), x, clipped) : clipped;
    }
    const inside = select(tf.greater(x, high), high, x);
    const clipped = select(tf.less(x, low), low, inside);
    return select(tf.logicalOr(tf.isNaN(low), tf.isNaN(high)), NaN, clipped);
  });
}

/** −1, 0 or 1; NaN of NaN. */
export const sign = (x: tf.Tensor): tf.Tensor =>
  tf.getBackend() === 'tensorflow' ? tf.sign(x) : tf.tidy(() => select(tf.isNaN(x), x, tf.sign(x)));

/** `x` to the power `y`, for positive `x`; NaN elsewhere. */
export const pow = (x: Operand, y: Operand): tf.Tensor =>
  tf.tidy(() => {
    const isDefined = tf.logicalAnd(tf.greater(x, 0), tf.logicalNot(tf.isNaN(y)));
    return select(isDefined, tf.pow(x, y), NaN);
  });

/** Whether the active backend's exponentials and logarithms let NaN through, and know the logarithm of 0. */
const isExactAtEdges = (): boolean => isAccurate() || tf.getBackend() === 'wasm';

/** `y`, or NaN where `x` is. */
const withNaNOf = (x: tf.Tensor, y: tf.Tensor): tf.Tensor => select(tf.isNaN(x), x, y);

export const exp = (x: tf.Tensor): tf.Tensor =>
  isExactAtEdges() ? tf.exp(x) : tf.tidy(() => withNaNOf(x, tf.exp(x)));

/** 1/(1 + e^−x). */
export const sigmoid = (x: tf.Tensor): tf.Tensor =>
  isExactAtEdges() ? tf.sigmoid(x) : tf.tidy(() => withNaNOf(x, tf.sigmoid(x)));

/** log x, for x that is no less than 1, or NaN; around 1 some backends lose digits. */
export const logFromOne = (x: tf.Tensor): tf.Tensor =>
  isExactAtEdges() ? tf.log(x) : withNaNOf(x, tf.log(x));

/** log x; −∞ at 0, NaN below; around 1 some backends lose digits. */
export const edgedLog = (x: tf.Tensor): tf.Tensor =>
  isExactAtEdges() ? tf.log(x) : select(tf.greater(x, 0), tf.log(x), select(tf.equal(x, 0), -Infinity, NaN));

/** log((1 + z) / (1 − z)) = 2 atanh(z), for |z| < 0.18. */
function twiceAtanh(z: tf.Tensor): tf.Tensor {
  const square = tf.square(z);
  let series = tf.add(tf.mul(square, 1 / 9), 1 / 7);
  for (const coefficient of [1 / 5, 1 / 3, 1]) series = tf.add(tf.mul(series, square), coefficient);
  return tf.mul(tf.mul(z, 2), series);
}

/** log(1 + x), with all digits around 0. */
export function log1p(x: tf.Tensor): tf.Tensor {
  if (isAccurate()) return tf.log1p(x);
  return tf.tidy(() =>
    select(tf.less(tf.abs(x), 0.3), twiceAtanh(tf.div(x, tf.add(x, 2))), edgedLog(tf.add(x, 1))),
  );
}

/** log x, with all digits around 1. */
export function log(x: tf.Tensor): tf.Tensor {
  if (isAccurate() || tf.getBackend() === 'wasm') return tf.log(x);
  return tf.tidy(() => {
    const excess = tf.sub(x, 1);
    return select(tf.less(tf.abs(excess), 0.3), twiceAtanh(tf.div(excess, tf.add(x, 1))), edgedLog(x));
  });
}

/** e^x − 1, with all digits around 0. */
export function expm1(x: tf.Tensor): tf.Tensor {
  if (isAccurate() || tf.getBackend() === 'wasm') return tf.expm1(x);
  return tf.tidy(() => {
    // A Padé approximant in half of x; NaN is nowhere far from 0, and goes through its arithmetic.
    const half = tf.mul(x, 0.5);
    const even = tf.sub(6, tf.div(75, tf.add(tf.square(half), 15)));
    const near = tf.div(x, tf.sub(even, half));
    return select(tf.greaterEqual(tf.abs(x), 0.35), tf.sub(tf.exp(x), 1), near);
  });
}

/** log(1 + e^x), without overflow. */
export function softplus(x: tf.Tensor): tf.Tensor {
  if (isAccurate() || tf.getBackend() === 'wasm') return tf.softplus(x);
  return tf.tidy(() => tf.add(tf.relu(x), log1p(exp(tf.neg(tf.abs(x))))));
}

/** tanh x, with all digits around 0. */
export function tanh(x: tf.Tensor): tf.Tensor {
  if (isAccurate() || tf.getBackend() === 'wasm') return tf.tanh(x);
  return tf.tidy(() => {
    const square = tf.square(x);
    const ratio = tf.div(tf.add(square, 15), tf.add(tf.mul(square, 6), 15));
    return select(tf.less(tf.abs(x), 0.25), tf.mul(x, ratio), withNaNOf(x, tf.tanh(x)));
  });
}
