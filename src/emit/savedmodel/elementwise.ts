/**
 * Elementwise ops on values of a graph. XLA on a CPU lets `Minimum` and `Maximum` lose a NaN, so that both are selections
 * here; its other functions have the digits and the edges of TensorFlow's own.
 */
import type { ElementwiseTemplates } from '../backend.js';
import type { Builder, Ref } from './builder.js';
import type { Ops } from './ops.js';

export function elementwise(builder: Builder, tf: Ops): ElementwiseTemplates {
  const isKnown = (x: Ref): boolean => builder.numberOf(x) !== undefined;
  /** `x` where it is chosen or NaN, else `y`, which goes through with a NaN of its own. */
  const chosen = (isChosen: Ref, x: Ref, y: Ref): Ref =>
    tf.select(isKnown(x) ? isChosen : tf.or(isChosen, tf.isNaN(x)), x, y);
  return {
    unary: {
      neg: (x) => tf.neg(x),
      exp: (x) => tf.exp(x),
      expm1: (x) => tf.expm1(x),
      log: (x) => tf.log(x),
      log1p: (x) => tf.log1p(x),
      sqrt: (x) => tf.sqrt(x),
      abs: (x) => tf.abs(x),
      sign: (x) => tf.sign(x),
      sigmoid: (x) => tf.sigmoid(x),
      softplus: (x) => tf.softplus(x),
      tanh: (x) => tf.tanh(x),
      stop: (x) => x,
      not: (x) => tf.not(x),
    },
    binary: {
      add: (x, y) => tf.add(x, y),
      sub: (x, y) => tf.sub(x, y),
      mul: (x, y) => (x === y ? tf.square(x) : tf.mul(x, y)),
      div: (x, y) => tf.div(x, y),
      pow: (x, y) =>
        tf.select(
          isKnown(y) ? tf.greater(x, tf.number(0)) : tf.and(tf.greater(x, tf.number(0)), tf.not(tf.isNaN(y))),
          tf.pow(x, y),
          tf.number(NaN),
        ),
      min: (x, y) => chosen(tf.lessEqual(x, y), x, y),
      max: (x, y) => chosen(tf.greaterEqual(x, y), x, y),
      lt: (x, y) => tf.less(x, y),
      le: (x, y) => tf.lessEqual(x, y),
      gt: (x, y) => tf.greater(x, y),
      ge: (x, y) => tf.greaterEqual(x, y),
      eq: (x, y) => tf.equal(x, y),
      ne: (x, y) => tf.notEqual(x, y),
      and: (x, y) => tf.and(x, y),
      or: (x, y) => tf.or(x, y),
    },
    ternary: {
      select: (x, y, z) => tf.select(x, y, z),
      clip: (x, low, high) => {
        const clipped = tf.select(tf.less(x, low), low, tf.select(tf.greater(x, high), high, x));
        if (isKnown(low) && isKnown(high)) return clipped;
        return tf.select(tf.or(tf.isNaN(low), tf.isNaN(high)), tf.number(NaN), clipped);
      },
    },
  };
}
