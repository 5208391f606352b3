/** Quantiles of index sets, by sorting them. */
import * as tf from '@tensorflow/tfjs-core';
import type { Layout } from './layout.js';
import { select } from './select.js';
import { tableOf, type IndexSet, type Table } from './table.js';
import { entriesAt, take } from './take.js';

/** Peers are reduced into their rollout alone: what is summed further is a derivative, and a quantile has none. */
type Sets = Exclude<IndexSet, 'peer in group' | 'peer in batch'>;

/**
 * The value at place q · (n − 1) of the sorted elements, by linear interpolation; 0 over nothing. NaN where an element
 * is, and where `q`, at the outer level, lies outside [0, 1].
 */
export const quantile = (
  layout: Layout,
  set: Sets,
  x: tf.Tensor,
  where: tf.Tensor | undefined,
  q: tf.Tensor | number,
): tf.Tensor =>
  tf.tidy(() => {
    const { values, keep } = wholeTable(layout, set, x, where);
    const [rows = 1, width = 1] = values.shape;
    const unknown = tf.isNaN(values);
    const isBad = keep === undefined ? unknown : tf.logicalAnd(keep, unknown);
    const known = tf.logicalNot(unknown);
    const isUsed = keep === undefined ? known : tf.logicalAnd(keep, known);
    const size = keep === undefined ? tf.fill([rows, 1], width) : tf.sum(tf.cast(keep, 'float32'), 1, true);
    // What is left out comes last in descending order.
    const used = select(isUsed, values, tf.fill([rows, width], -Infinity));
    const descending = width === 1 ? used : tf.topk(used, width, true).values;
    const last = tf.maximum(tf.sub(size, 1), 0);
    const isShare =
      typeof q === 'number'
        ? q >= 0 && q <= 1
        : tf.logicalAnd(tf.logicalNot(tf.isNaN(q)), tf.logicalAnd(tf.greaterEqual(q, 0), tf.lessEqual(q, 1)));
    const share =
      typeof isShare === 'boolean' ? (isShare ? q : 0) : select(isShare, q, tf.zerosLike(q as tf.Tensor));
    const value = interpolated(descending, last, tf.mul(last, share));
    const isLost = tf.any(isBad, 1, true);
    const proper =
      typeof isShare === 'boolean'
        ? isShare
          ? select(isLost, NaN, value)
          : tf.fill([rows, 1], NaN)
        : tf.where(tf.logicalAnd(isShare, tf.logicalNot(isLost)), value, tf.fill([rows, 1], NaN));
    const result = select(tf.greater(size, 0), proper, 0);
    return set.endsWith('batch') ? tf.reshape(result, []) : result;
  });

/** Between the two elements around a place, [N, 1]; exactly the element where there is one. */
function interpolated(descending: tf.Tensor, last: tf.Tensor, place: tf.Tensor): tf.Tensor {
  const [low, high] = [tf.floor(place), tf.ceil(place)];
  const at = (rank: tf.Tensor): tf.Tensor => take(descending, entriesAt(tf.sub(last, rank)));
  const [below, above] = [at(low), at(high)];
  const share = tf.sub(place, low);
  const between = tf.add(tf.mul(below, tf.sub(1, share)), tf.mul(above, share));
  return select(tf.equal(low, high), below, between);
}

/** Every set as one row, also those of tokens of several rollouts. */
function wholeTable(layout: Layout, set: Sets, x: tf.Tensor, where: tf.Tensor | undefined): Table {
  if (set !== 'token in group' && set !== 'token in batch') return tableOf(layout, set, x, where);
  const { values, keep = layout.mask } = tableOf(layout, 'token in rollout', x, where);
  const { groups, groupSize, rollouts, positions } = layout;
  if (set === 'token in batch' || groupSize !== undefined) {
    const [rows, width] = set === 'token in batch' ? [1, rollouts * positions] : [groups, -1];
    return { values: tf.reshape(values, [rows, width]), keep: tf.reshape(keep, [rows, width]) };
  }
  const ofGroups = (one: tf.Tensor): tf.Tensor => tf.gather(one, layout.members);
  const isMember = tf.reshape(layout.isMember, [groups, -1, 1]);
  return {
    values: tf.reshape(ofGroups(values), [groups, -1]),
    keep: tf.reshape(tf.logicalAnd(ofGroups(keep), isMember), [groups, -1]),
  };
}
