/** Index sets as tables: every row is one set, and a condition says which entries belong to it. */
import * as tf from '@tensorflow/tfjs-core';
import type { Layout } from './layout.js';
import { select } from './select.js';

/** Which elements are reduced, and into what. */
export type IndexSet =
  | 'token in rollout'
  | 'token in group'
  | 'token in batch'
  | 'peer in rollout'
  | 'peer in group'
  | 'peer in batch'
  | 'rollout in group'
  | 'rollout in batch'
  | 'group in batch';

/** A set that is one table. */
export type Step = Exclude<IndexSet, keyof typeof STEPS>;

/** The two steps, one after the other, from tokens or peers into something coarser than a rollout. */
export const STEPS = {
  'token in group': ['token in rollout', 'rollout in group'],
  'token in batch': ['token in rollout', 'rollout in batch'],
  'peer in group': ['peer in rollout', 'rollout in group'],
  'peer in batch': ['peer in rollout', 'rollout in batch'],
} as const;

export const isOneStep = (set: IndexSet): set is Step => !(set in STEPS);

/** Whether a set may hold no element at all, whatever the batch is. */
export const mayBeEmpty = (set: IndexSet): boolean => set.startsWith('token') || set.startsWith('peer');

export interface Table {
  /** [N, M] */
  readonly values: tf.Tensor;
  /** [N, M] bool; absent where every entry counts. */
  readonly keep: tf.Tensor | undefined;
}

/** The table of a value and, if there is one, of the condition on it. */
export function tableOf(layout: Layout, step: Step, x: tf.Tensor, where?: tf.Tensor): Table {
  const values = entries(layout, step, x);
  const own = ownEntries(layout, step);
  const condition = where === undefined ? undefined : entries(layout, step, where);
  const keep =
    own === undefined || condition === undefined ? (own ?? condition) : tf.logicalAnd(own, condition);
  return { values, keep };
}

function entries(layout: Layout, step: Step, x: tf.Tensor): tf.Tensor {
  switch (step) {
    case 'token in rollout':
    case 'peer in rollout':
      return x;
    case 'rollout in group':
      return layout.groupSize === undefined
        ? tf.gather(tf.reshape(x, [layout.rollouts]), layout.members)
        : tf.reshape(x, [layout.groups, layout.groupSize]);
    case 'rollout in batch':
      return tf.reshape(x, [1, layout.rollouts]);
    case 'group in batch':
      return tf.reshape(x, [1, layout.groups]);
  }
}

function ownEntries(layout: Layout, step: Step): tf.Tensor | undefined {
  if (step === 'token in rollout') return layout.mask;
  if (step === 'peer in rollout')
    return layout.peers.each === layout.peers.width ? undefined : layout.peers.isPeer;
  return step === 'rollout in group' && layout.groupSize === undefined ? layout.isMember : undefined;
}

/** One value per row of the table, [N, 1], as a value of the outer level: [B, 1], [P, 1] or []. */
export const outer = (step: Step, x: tf.Tensor): tf.Tensor =>
  step.endsWith('batch') ? tf.reshape(x, []) : x;

/** A value per table row back at every entry's element: the inverse of `entries`. */
export function elements(layout: Layout, step: Step, table: tf.Tensor): tf.Tensor {
  if (step === 'token in rollout' || step === 'peer in rollout') return table;
  if (step === 'rollout in group' && layout.groupSize === undefined)
    return tf.reshape(tf.gather(tf.reshape(table, [-1]), layout.slotOfRollout), [-1, 1]);
  return tf.reshape(table, [-1, 1]);
}

/** The entries that count, and `fill` in place of the others. */
export function kept({ values, keep }: Table, fill: number, layout: Layout): tf.Tensor {
  if (keep === undefined) return values;
  const [rows = 1, columns = 1] = values.shape;
  const isWide = columns === layout.positions && rows === layout.rollouts;
  if (isWide) return select(keep, values, fill === 0 ? layout.zeros : tf.fill([rows, columns], fill));
  return select(keep, values, layout.filled(fill, rows, columns));
}

/** [N, M] bool: the first entry, in order, of each row's `flags`; false in rows without. */
export function firstOf(flags: tf.Tensor): tf.Tensor {
  const width = flags.shape[1] ?? 1;
  if (width === 1) return flags;
  const rank = tf.tile(tf.reshape(tf.range(0, width), [1, width]), [flags.shape[0] ?? 1, 1]);
  const ranked = select(flags, rank, tf.fill(rank.shape, width));
  const lowest = tf.min(ranked, 1, true);
  const isLowest = tf.equal(ranked, acrossRow(lowest, width));
  return tf.logicalAnd(isLowest, flags);
}

/** A value per row at each of its entries: [N, 1] → [N, M]. */
export function acrossRow(x: tf.Tensor, width: number): tf.Tensor {
  const backend = tf.getBackend();
  if (backend !== 'cpu' && backend !== 'wasm') return tf.tile(x, [1, width]);
  return tf.matMul(x as tf.Tensor2D, tf.ones<tf.Rank.R2>([1, width]));
}
