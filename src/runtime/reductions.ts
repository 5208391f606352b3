/**
 * Reductions over index sets. What does not belong to a set is left out by selection, never by multiplication, so that
 * NaN and infinities there reach nothing. Values over nothing: `sum`, `mean` and `first` 0, `max` −∞, `min` +∞,
 * `logsumexp` −∞, `any` false, `all` true.
 */
import * as tf from '@tensorflow/tfjs-core';
import { edgedLog, exp, logFromOne, maximum } from './elementwise.js';
import type { Layout } from './layout.js';
import { widened } from './levels.js';
import { sumOfTokens } from './masked.js';
import {
  STEPS,
  acrossRow,
  elements,
  firstOf,
  isOneStep,
  kept,
  mayBeEmpty,
  outer,
  tableOf,
  type IndexSet,
  type Step,
  type Table,
} from './table.js';

type Where = tf.Tensor | undefined;

/** A reduction that is done row by row, and again over the rows where the set reaches over rollouts. */
function inSteps(
  layout: Layout,
  set: IndexSet,
  x: tf.Tensor,
  where: Where,
  reduceRows: (table: Table, step: Step) => tf.Tensor,
): tf.Tensor {
  return tf.tidy(() => {
    if (isOneStep(set)) return outer(set, reduceRows(tableOf(layout, set, x, where), set));
    const [first, second] = STEPS[set];
    const rows = reduceRows(tableOf(layout, first, x, where), first);
    return outer(second, reduceRows(tableOf(layout, second, rows), second));
  });
}

export const sum = (layout: Layout, set: IndexSet, x: tf.Tensor, where?: Where): tf.Tensor => {
  if (where !== undefined || !set.startsWith('token'))
    return inSteps(layout, set, x, where, (table) => tf.sum(kept(table, 0, layout), 1, true));
  const rows = sumOfTokens(x, layout);
  return isOneStep(set) ? rows : tf.tidy(() => sum(layout, STEPS[set][1], rows));
};

export const max = (layout: Layout, set: IndexSet, x: tf.Tensor, where?: Where): tf.Tensor =>
  inSteps(layout, set, x, where, (table) => tf.max(kept(table, -Infinity, layout), 1, true));

export const min = (layout: Layout, set: IndexSet, x: tf.Tensor, where?: Where): tf.Tensor =>
  inSteps(layout, set, x, where, (table) => tf.min(kept(table, Infinity, layout), 1, true));

export const any = (layout: Layout, set: IndexSet, x: tf.Tensor, where?: Where): tf.Tensor =>
  inSteps(layout, set, x, where, ({ values, keep }) =>
    tf.any(keep === undefined ? values : tf.logicalAnd(values, keep), 1, true),
  );

export const all = (layout: Layout, set: IndexSet, x: tf.Tensor, where?: Where): tf.Tensor =>
  inSteps(layout, set, x, where, ({ values, keep }) =>
    tf.all(keep === undefined ? values : tf.logicalOr(values, tf.logicalNot(keep)), 1, true),
  );

/** How many elements belong to each set. */
export function count(layout: Layout, set: IndexSet, where?: Where): tf.Tensor {
  if (where !== undefined) return sum(layout, set, tf.cast(where, 'float32'));
  switch (set) {
    case 'token in rollout':
      return layout.lengths;
    case 'token in group':
      return sum(layout, 'rollout in group', layout.lengths);
    case 'token in batch':
      return layout.tokens;
    case 'peer in rollout':
      return layout.peers.counts;
    case 'peer in group':
    case 'peer in batch':
      return sum(layout, STEPS[set][1], layout.peers.counts);
    case 'rollout in group':
      return layout.groupSizes;
    case 'rollout in batch':
      return tf.scalar(layout.rollouts);
    case 'group in batch':
      return tf.scalar(layout.groups);
  }
}

/** Beyond this, and for infinities, the mean is not shifted by the first element but by this; no sum of it overflows. */
const LARGEST_SHIFT = 1e30;

/** The mean; shifted by the first element where that is finite, so that the mean of equal values is that value. */
export function mean(layout: Layout, set: IndexSet, x: tf.Tensor, where?: Where): tf.Tensor {
  return tf.tidy(() => {
    if (set === 'token in rollout' && where === undefined)
      return tf.div(sum(layout, set, x), layout.divisors);
    const size = sizeOrOne(layout, set, where);
    if (set.startsWith('token') || !isOneStep(set)) return tf.div(sum(layout, set, x, where), size);
    const step = set;
    const table = tableOf(layout, step, x, where);
    const start = firstValue(table, layout);
    const shift = tf.clipByValue(start, -LARGEST_SHIFT, LARGEST_SHIFT);
    const shifted = tf.sum(
      kept({ values: tf.sub(table.values, shift), keep: table.keep }, 0, layout),
      1,
      true,
    );
    return tf.add(outer(step, shift), tf.div(outer(step, shifted), size));
  });
}

/** The number of elements, with 1 in place of 0. */
function sizeOrOne(layout: Layout, set: IndexSet, where: Where): tf.Tensor | number {
  if (set === 'peer in rollout' && where === undefined && layout.peers.each !== undefined)
    return Math.max(layout.peers.each, 1);
  if (where !== undefined || mayBeEmpty(set)) return tf.maximum(count(layout, set, where), 1);
  if (set === 'rollout in group') return layout.groupSize ?? layout.groupSizes;
  return set === 'rollout in batch' ? layout.rollouts : layout.groups;
}

function firstValue(table: Table, layout: Layout): tf.Tensor {
  const { values, keep } = table;
  const column = (of: tf.Tensor): tf.Tensor => tf.slice(of, [0, 0], [-1, 1]);
  // Padding is behind the members of a group, so its first member is in the first column; so are others, if there are any.
  if (keep === undefined || keep === layout.isMember) return column(values);
  if (keep === layout.peers.isPeer) return kept({ values: column(values), keep: column(keep) }, 0, layout);
  return tf.sum(kept({ values, keep: firstOf(keep) }, 0, layout), 1, true);
}

/** The first element in order. */
export const first = (layout: Layout, set: IndexSet, x: tf.Tensor, where?: Where): tf.Tensor =>
  tf.tidy(() => {
    if (isOneStep(set)) return outer(set, firstValue(tableOf(layout, set, x, where), layout));
    const [inRow, second] = STEPS[set];
    return first(layout, second, first(layout, inRow, x, where), hasAny(layout, inRow, where));
  });

/** Which rows hold an element that counts. */
const hasAny = (layout: Layout, set: 'token in rollout' | 'peer in rollout', where: Where): tf.Tensor =>
  any(layout, set, where ?? (set === 'token in rollout' ? layout.mask : layout.peers.isPeer));

/** log Σ e^x with the maximum shifted out; `anchor`, at the outer level, is one more element. */
export function logsumexp(
  layout: Layout,
  set: IndexSet,
  x: tf.Tensor,
  where?: Where,
  anchor?: tf.Tensor | number,
): tf.Tensor {
  return tf.tidy(() => {
    if (!isOneStep(set)) {
      const [inRow, second] = STEPS[set];
      return logsumexp(layout, second, logsumexp(layout, inRow, x, where), undefined, anchor);
    }
    const values = kept(tableOf(layout, set, x, where), -Infinity, layout);
    const own = tf.max(values, 1, true);
    if (anchor === undefined || anchor === -Infinity) return outer(set, logMass(values, own));
    // log(e^a + e^z) = a + softplus(z - a), which keeps its digits where e^z is small.
    if (anchor === 0 && KEEPS_DIGITS.includes(tf.getBackend()))
      return outer(set, tf.softplus(logMass(values, own)));
    const extra =
      typeof anchor === 'number' ? anchor : tf.reshape(anchor, anchor.size === 1 ? [1, 1] : [-1, 1]);
    return outer(set, logMass(values, maximum(own, extra), extra));
  });
}

/** Backends whose `softplus` is right to the last digits. */
const KEEPS_DIGITS: readonly string[] = ['cpu', 'wasm', 'tensorflow'];
const LARGEST = 3.4028234663852886e38;

/** The closest finite number; NaN need not go through. TensorFlow's own clip takes three kernels. */
const finite = (x: tf.Tensor): tf.Tensor =>
  tf.getBackend() === 'tensorflow'
    ? tf.minimum(tf.maximum(x, -LARGEST), LARGEST)
    : tf.clipByValue(x, -LARGEST, LARGEST);

/**
 * log(Σ e^x + e^extra) of each row, with `top` shifted out. The shift is finite, so that an infinite element is left
 * to the sum, and NaN goes through.
 */
function logMass(values: tf.Tensor, top: tf.Tensor, extra?: tf.Tensor | number): tf.Tensor {
  const shift = finite(top);
  const mass = tf.sum(exp(tf.sub(values, shift)), 1, true);
  if (extra === undefined) return tf.add(shift, edgedLog(mass));
  // Beside a finite number, the top is finite or in the mass already, as a NaN is; and the mass is 1 at least.
  if (typeof extra === 'number' && Number.isFinite(extra))
    return tf.add(shift, logFromOne(tf.add(mass, tf.exp(tf.sub(extra, shift)))));
  return tf.add(shift, edgedLog(tf.add(mass, exp(tf.sub(extra, shift)))));
}

/** At every element, whether it is the first of its set, in order, at which `x` attains the set's extreme. */
export function attains(
  layout: Layout,
  extreme: 'max' | 'min',
  set: IndexSet,
  x: tf.Tensor,
  where?: Where,
): tf.Tensor {
  return tf.tidy(() => {
    if (isOneStep(set)) return attainsInStep(layout, extreme, set, x, where);
    const [first, second] = STEPS[set];
    const rows = (extreme === 'max' ? max : min)(layout, first, x, where);
    const winner = attainsInStep(layout, extreme, second, rows, hasAny(layout, first, where));
    const inRow = attainsInStep(layout, extreme, first, x, where);
    return tf.logicalAnd(inRow, widened(winner, layout, first === 'token in rollout' ? 'token' : 'peer'));
  });
}

function attainsInStep(
  layout: Layout,
  extreme: 'max' | 'min',
  step: Step,
  x: tf.Tensor,
  where: Where,
): tf.Tensor {
  const { values, keep } = tableOf(layout, step, x, where);
  const filled = kept({ values, keep }, extreme === 'max' ? -Infinity : Infinity, layout);
  const best = extreme === 'max' ? tf.max(filled, 1, true) : tf.min(filled, 1, true);
  const width = values.shape[1] ?? 1;
  const wideBest = acrossRow(best, width);
  const hit = tf.logicalOr(tf.equal(values, wideBest), tf.logicalAnd(tf.isNaN(wideBest), tf.isNaN(values)));
  const flags = keep === undefined ? hit : tf.logicalAnd(hit, keep);
  return elements(layout, step, firstOf(flags));
}
