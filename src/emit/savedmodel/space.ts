/**
 * Where the elements of each level stand, computed from `group` and `mask`, or given by a layout. Token values are [B, T],
 * values per peer [B, B], rollout values [B, 1], batch values []. Group values are [B, 1] too: one per group in ascending
 * order of id, and behind them, where there are fewer groups than rollouts, what nobody reads. No shape depends on a value.
 */
import { countAlong } from './along.js';
import type { Builder, Library, Ref } from './builder.js';
import type { Ops } from './ops.js';

/** Made when they are first asked for. */
export interface Space {
  /** B and T, int32. */
  readonly rollouts: () => Ref;
  readonly positions: () => Ref;
  /** The shapes [B, T], [B, B] and [B, 1]. */
  readonly tokenShape: () => Ref;
  readonly peerShape: () => Ref;
  readonly columnShape: () => Ref;
  /** [B, T], where a token counts. */
  readonly mask: () => Ref;
  /** [B, 1], the number of tokens of each rollout. */
  readonly lengths: () => Ref;
  /** [B, B], whether two rollouts are different ones of a group. */
  readonly isPeer: () => Ref;
  /** [B] int32, the place of each rollout's group in ascending order of id. */
  readonly groupOf: () => Ref;
  /** [] int32 */
  readonly groups: () => Ref;
  /** [B, 1], whether a group stands there. */
  readonly isGroup: () => Ref;
  /** 0, 1, … of the rows, [B]. */
  readonly rows: () => Ref;
}

export interface Given {
  /** [B] int32 */
  readonly group: Ref;
  /** [B, T] float32 */
  readonly mask: Ref;
  readonly known?: Known | undefined;
}
/** What a layout knows of its batch. Where it is given, `group` has the place of each rollout's group, not its id. */
export interface Known {
  /** [B, 1] float32 */
  readonly lengths: Ref;
  /** [] int32 */
  readonly groups: Ref;
}

export function spaceOf(
  tf: Ops,
  own: Builder,
  library: Library,
  { group, mask: weights, known }: Given,
): Space {
  const rollouts = (): Ref => tf.size(tf.shape(group), 0);
  const positions = (): Ref => tf.size(tf.shape(weights), 1);
  const rows = (): Ref => tf.range(rollouts());
  const column = (x: Ref): Ref => tf.reshape(x, tf.ints([-1, 1]));
  const row = (x: Ref): Ref => tf.reshape(x, tf.ints([1, -1]));

  /** The ids in ascending order: where they stood, and how many different ones come before each. */
  const ordered = (): { readonly indices: Ref; readonly ranks: Ref } => {
    // −1 − x turns the order around, and has a value for every int32.
    const { values, indices } = tf.sorted(tf.sub(tf.integer(-1), group), rollouts());
    const wide = row(values);
    const isOther = tf.notEqual(wide, tf.roll(wide, tf.integer(1), 1));
    const isNew = tf.and(isOther, tf.greater(row(rows()), tf.integer(0)));
    return { indices, ranks: countAlong(tf, own, library, tf.cast(isNew, 'int32')) };
  };
  const groups = (): Ref =>
    known?.groups ?? tf.add(tf.reshape(tf.max(ordered().ranks, 1), tf.ints([])), tf.integer(1));
  const mask = (): Ref => tf.notEqual(weights, tf.number(0));
  return {
    rollouts,
    positions,
    rows,
    groups,
    tokenShape: () => tf.shape(weights),
    peerShape: () => tf.pack(rollouts(), rollouts()),
    columnShape: () => tf.pack(rollouts(), tf.integer(1)),
    mask,
    lengths: () => known?.lengths ?? tf.sum(tf.cast(mask(), 'float32'), 1),
    isPeer: () => tf.and(tf.equal(column(group), row(group)), tf.notEqual(column(rows()), row(rows()))),
    groupOf: () => {
      if (known !== undefined) return group;
      const { indices, ranks } = ordered();
      const flat = tf.reshape(ranks, tf.ints([-1]));
      return tf.scatter(column(indices), flat, tf.pack(rollouts()));
    },
    isGroup: () => tf.less(column(rows()), groups()),
  };
}
