/** Where the rollouts of each group and the tokens of each rollout stand: made once per batch, read by every reduction. */
import * as tf from '@tensorflow/tfjs-core';
import { BatchError } from './batch-error.js';

/** What a layout is made of. Without a mask there are no tokens. */
export interface Placement {
  /** [B] integer ids in any order; the rollouts with one id are a group. */
  readonly group: ArrayLike<number>;
  /** [B, T], 1 where a token counts and 0 elsewhere. */
  readonly mask?: tf.Tensor | undefined;
}

export interface Layout {
  /** B, P and T. */
  readonly rollouts: number;
  readonly groups: number;
  readonly positions: number;
  /** The size of every group, where all are equal and the rollouts of each stand together, in ascending order of id. */
  readonly groupSize: number | undefined;
  /** [B] which group, in ascending order of id. */
  readonly groupOfRollout: tf.Tensor1D;
  /** [P, G] the rows of each group in order, padded with row 0. */
  readonly members: tf.Tensor2D;
  /** [P, G] bool, false at the padding of `members`. */
  readonly isMember: tf.Tensor2D;
  /** [B] where in `members`, read row by row, each rollout stands. */
  readonly slotOfRollout: tf.Tensor1D;
  /** [P, 1] */
  readonly groupSizes: tf.Tensor2D;
  /** [B, T] bool. */
  readonly mask: tf.Tensor2D;
  /** [B, T] */
  readonly zeros: tf.Tensor2D;
  /** [1, T] */
  readonly ones: tf.Tensor2D;
  /** [B, 1] the number of tokens of each rollout. */
  readonly lengths: tf.Tensor2D;
  /** [B, 1] the same, with 1 in place of 0. */
  readonly divisors: tf.Tensor2D;
  /** [] the number of tokens of the batch. */
  readonly tokens: tf.Scalar;
  /** Frees the tensors. */
  readonly dispose: () => void;
}

/**
 * The layout of a batch. Call it once per batch, outside of `tf.grads`, and `dispose` it after the step. It reads no
 * value back from the device: the mask is used as it is, and `validate` is what looks at it.
 */
export function prepare({ group, mask }: Placement): Layout {
  const ids = Array.from(group);
  if (ids.length === 0) throw new BatchError('group', 'the batch has no rollout, expected one at least');
  const place = groupPlaces(ids);
  const [rollouts, groups, width] = [
    ids.length,
    place.rows.length,
    Math.max(...place.rows.map((rows) => rows.length)),
  ];
  const padded = place.rows.map((rows) => Array.from({ length: width }, (_, at) => rows[at] ?? 0));
  const present = place.rows.map((rows) => Array.from({ length: width }, (_, at) => at < rows.length));
  const slots = ids.map((_, row) => {
    const own = place.groupOf[row] ?? 0;
    return own * width + (place.rows[own]?.indexOf(row) ?? 0);
  });
  const inPlace = slots.every((slot, row) => slot === row) && rollouts === groups * width;
  const tensors = tf.tidy(() => {
    const positions = mask?.shape[1] ?? 1;
    const counts = mask === undefined ? tf.zeros([rollouts, 1], 'bool') : tf.cast(mask, 'bool');
    const lengths = tf.sum(tf.cast(counts, 'float32'), 1, true);
    return {
      groupOfRollout: tf.tensor1d([...place.groupOf], 'int32'),
      members: tf.tensor2d(padded, [groups, width], 'int32'),
      isMember: tf.tensor2d(present, [groups, width], 'bool'),
      slotOfRollout: tf.tensor1d(slots, 'int32'),
      groupSizes: tf.tensor2d(
        place.rows.map((rows) => rows.length),
        [groups, 1],
      ),
      mask: counts as tf.Tensor2D,
      zeros: tf.zeros<tf.Rank.R2>([rollouts, positions]),
      ones: tf.ones<tf.Rank.R2>([1, positions]),
      lengths: lengths as tf.Tensor2D,
      divisors: tf.maximum(lengths, 1) as tf.Tensor2D,
      tokens: tf.sum(lengths) as tf.Scalar,
    };
  });
  for (const tensor of Object.values(tensors)) tf.keep(tensor);
  return {
    rollouts,
    groups,
    positions: tensors.zeros.shape[1],
    groupSize: inPlace ? width : undefined,
    ...tensors,
    dispose: () => {
      tf.dispose(tensors);
    },
  };
}

/** For each rollout its group, and for each group its rows in order; groups in ascending order of id. */
function groupPlaces(ids: readonly number[]): {
  readonly groupOf: readonly number[];
  readonly rows: readonly (readonly number[])[];
} {
  const ascending = [...new Set(ids)].sort((a, b) => a - b);
  const placeOf = new Map(ascending.map((id, at) => [id, at]));
  const rows: number[][] = ascending.map(() => []);
  const groupOf = ids.map((id) => placeOf.get(id) ?? 0);
  groupOf.forEach((own, row) => rows[own]?.push(row));
  return { groupOf: [...groupOf], rows };
}
