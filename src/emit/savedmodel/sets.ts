/** Index sets: how the elements of each are gone through, and how a value of the whole set is seen from them. */
import type { Ops } from './ops.js';
import type { Ref } from './builder.js';
import type { Space } from './space.js';

/** A set that is reduced in one step. */
export type Step =
  'token in rollout' | 'peer in rollout' | 'rollout in group' | 'rollout in batch' | 'group in batch';

/** The two steps, one after the other, from tokens or peers into something coarser than a rollout. */
const STEPS: Readonly<Record<string, readonly [Step, Step]>> = {
  'token in group': ['token in rollout', 'rollout in group'],
  'token in batch': ['token in rollout', 'rollout in batch'],
  'peer in group': ['peer in rollout', 'rollout in group'],
  'peer in batch': ['peer in rollout', 'rollout in batch'],
};
export const stepsOf = (set: string): readonly [Step, Step] | undefined => STEPS[set];

/** Values of elements are *arranged* first: rows of a table, or a column whose entries are told apart by their group. */
export interface IndexSet {
  /** A value of every element, arranged. */
  readonly entries: (x: Ref) => Ref;
  /** Which entries are elements at all; nothing where all are. */
  readonly own: Ref | undefined;
  /** Reductions of arranged values: one per set. */
  readonly sum: (x: Ref) => Ref;
  readonly max: (x: Ref) => Ref;
  readonly min: (x: Ref) => Ref;
  readonly any: (x: Ref) => Ref;
  /** A value per set as each of its entries has it. */
  readonly spread: (x: Ref) => Ref;
  /** The place of each entry in the order of its set, int32. */
  readonly order: () => Ref;
  /** A value per set as one of the outer level. */
  readonly outer: (x: Ref) => Ref;
  /** An arranged value at its elements. */
  readonly elements: (x: Ref) => Ref;
}

export function indexSet(tf: Ops, space: Space, step: Step): IndexSet {
  if (step === 'rollout in group') return ofGroups(tf, space);
  const isWide = step === 'token in rollout' || step === 'peer in rollout';
  const own = {
    'token in rollout': space.mask,
    'peer in rollout': space.isPeer,
    'rollout in batch': () => undefined,
    'group in batch': () => tf.reshape(space.isGroup(), tf.ints([1, -1])),
  }[step];
  const width = step === 'token in rollout' ? space.positions() : space.rollouts();
  return {
    entries: (x) => (isWide ? x : tf.reshape(x, tf.ints([1, -1]))),
    own: own(),
    sum: (x) => tf.sum(x, 1),
    max: (x) => tf.max(x, 1),
    min: (x) => tf.min(x, 1),
    any: (x) => tf.any(x, 1),
    spread: (x) => x,
    order: () => tf.reshape(tf.range(width), tf.ints([1, -1])),
    outer: (x) => (isWide ? x : tf.reshape(x, tf.ints([]))),
    elements: (x) => (isWide ? x : tf.reshape(x, tf.ints([-1, 1]))),
  };
}

function ofGroups(tf: Ops, space: Space): IndexSet {
  const flat = (x: Ref): Ref => tf.reshape(x, tf.ints([-1]));
  const column = (x: Ref): Ref => tf.reshape(x, tf.ints([-1, 1]));
  const segments =
    (reduce: (x: Ref, ids: Ref, count: Ref) => Ref) =>
    (x: Ref): Ref =>
      column(reduce(flat(x), space.groupOf(), space.rollouts()));
  const sum = segments(tf.segmentSum);
  return {
    entries: (x) => x,
    own: undefined,
    sum,
    max: segments(tf.segmentMax),
    min: segments(tf.segmentMin),
    any: (x) => tf.greater(sum(tf.cast(x, 'int32')), tf.integer(0)),
    spread: (x) => tf.gather(x, space.groupOf(), 0),
    order: () => column(space.rows()),
    outer: (x) => x,
    elements: (x) => x,
  };
}
