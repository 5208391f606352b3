/** Where the rollouts of each group and the tokens of each rollout stand: made once per batch, read by every reduction. */
import * as tf from '@tensorflow/tfjs-core';
import { BatchError } from './batch-error.js';
import { peerTables, type Keep, type Peers } from './peers.js';
import { rowLayout, type RowLayout } from './plain/row-layout.js';
import { demandReadable, isLost } from './readable.js';
import { checkGroup } from './validate.js';

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
  // The tensors are made when they are first read.
  /** [B] which group, in ascending order of id. */
  readonly groupOfRollout: tf.Tensor1D;
  /** [2B + P + 1] the group of each rollout; the rollouts of the first group, of the second, …; where each begins there. */
  readonly groupTable: tf.Tensor1D;
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
  /** [B, T] the mask as numbers. */
  readonly weights: tf.Tensor2D;
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
  /** The others of each rollout. */
  readonly peers: Peers;
  /** The same layout as plain arrays; on backends whose tensors lie in the host's memory, where reading is no wait. */
  readonly rows: RowLayout;
  /** One number at every place of a small table, [rows, columns]. */
  readonly filled: (value: number, rows: number, columns?: number) => tf.Tensor2D;
  /** What depends on the size of each group alone, [P, 1]; the name tells it from others. */
  readonly perGroup: (name: string, of: (size: number) => number | boolean) => tf.Tensor2D;
  /** Anything else that is computed from the layout alone; the name tells it from others. */
  readonly derived: (name: string, make: () => tf.Tensor) => tf.Tensor;
  /** Frees the tensors. */
  readonly dispose: () => void;
}

/**
 * The layout of a batch. Call it once per batch, outside of `tf.grads`, and `dispose` it after the step. It reads no
 * value back from the device: the mask is used as it is, and `validate` is what looks at it.
 */
export function prepare({ group, mask }: Placement): Layout {
  checkGroup(group);
  const ids = Array.from(group);
  if (mask !== undefined && !(mask instanceof tf.Tensor))
    throw new BatchError('mask', '`mask` is no tensor, expected one of shape [B, T]');
  if (mask !== undefined && (mask.rank !== 2 || mask.shape[0] !== ids.length))
    throw new BatchError(
      'mask',
      `\`mask\` is [${mask.shape.join(', ')}], expected a row of positions for each of the ${String(ids.length)} rollouts`,
    );
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
  const positions = mask?.shape[1] ?? 1;
  const made: tf.Tensor[] = [];
  let isDisposed = false;
  /** Kernels would read what its memory holds by then. */
  const demandAlive = (): void => {
    if (isDisposed)
      throw new BatchError(
        'layout',
        'the layout was disposed, expected one that `prepare` has made for the batch',
      );
  };
  /** Made when it is first read, and kept until the layout is disposed. */
  const kept: Keep = <T extends tf.Tensor>(make: () => T) => {
    let known: T | undefined;
    return () => {
      demandAlive();
      if (known !== undefined) {
        if (isLost(known))
          throw new BatchError(
            'layout',
            'the layout is of a backend that was removed from tfjs, expected one that `prepare` has made since',
          );
        return known;
      }
      known = tf.keep(tf.tidy(make));
      made.push(known);
      return known;
    };
  };
  const named = new Map<string, () => tf.Tensor>();
  const keptAs = <T extends tf.Tensor>(name: string, make: () => T): T => {
    const get = named.get(name) ?? kept(make);
    named.set(name, get);
    return get() as T;
  };
  const givenMask = (): tf.Tensor2D | undefined => {
    if (mask !== undefined) demandReadable('mask', mask);
    return mask as tf.Tensor2D | undefined;
  };
  const marks = kept(() => {
    const given = givenMask();
    return given === undefined ? tf.zeros<tf.Rank.R2>([rollouts, positions], 'bool') : tf.cast(given, 'bool');
  });
  const castWeights = kept(() => tf.cast(marks(), 'float32'));
  const weights = (): tf.Tensor2D => {
    const given = givenMask();
    return given?.dtype === 'float32' ? given : castWeights();
  };
  // Not every backend has sums of nothing.
  const lengths = kept(() =>
    positions === 0 ? tf.zeros<tf.Rank.R2>([rollouts, 1]) : (tf.sum(weights(), 1, true) as tf.Tensor2D),
  );
  const divisors = kept(() => tf.maximum(lengths(), 1) as tf.Tensor2D);
  const tokens = kept(() => tf.sum(lengths()) as tf.Scalar);
  const zeros = kept(() => tf.zeros<tf.Rank.R2>([rollouts, positions]));
  const ones = kept(() => tf.ones<tf.Rank.R2>([1, positions]));
  const groupOfRollout = kept(() => tf.tensor1d([...place.groupOf], 'int32'));
  const groupTable = kept(() => {
    const starts = [0];
    for (const { length } of place.rows) starts.push((starts.at(-1) ?? 0) + length);
    return tf.tensor1d([...place.groupOf, ...place.rows.flat(), ...starts], 'int32');
  });
  const members = kept(() => tf.tensor2d(padded, [groups, width], 'int32'));
  const isMember = kept(() => tf.tensor2d(present, [groups, width], 'bool'));
  const slotOfRollout = kept(() => tf.tensor1d(slots, 'int32'));
  let peers: Peers | undefined;
  let rows: RowLayout | undefined;
  const groupSizes = kept(() =>
    tf.tensor2d(
      place.rows.map((rows) => rows.length),
      [groups, 1],
    ),
  );
  const layout: Omit<Layout, 'rows'> = {
    rollouts,
    groups,
    positions,
    groupSize: inPlace ? width : undefined,
    get mask() {
      return marks();
    },
    get weights() {
      return weights();
    },
    get lengths() {
      return lengths();
    },
    get divisors() {
      return divisors();
    },
    get tokens() {
      return tokens();
    },
    get zeros() {
      return zeros();
    },
    get ones() {
      return ones();
    },
    get groupOfRollout() {
      return groupOfRollout();
    },
    get groupTable() {
      return groupTable();
    },
    get members() {
      return members();
    },
    get isMember() {
      return isMember();
    },
    get slotOfRollout() {
      return slotOfRollout();
    },
    get groupSizes() {
      return groupSizes();
    },
    get peers() {
      return (peers ??= peerTables(place.rows, place.groupOf, kept));
    },
    filled: (value, rows, columns = 1) =>
      keptAs(`${value} ${rows} ${columns}`, () =>
        tf.tensor2d(new Float32Array(rows * columns).fill(value), [rows, columns]),
      ),
    perGroup: (name, of) =>
      keptAs(name, () => {
        const values = place.rows.map((rows) => of(rows.length));
        const dtype = typeof values[0] === 'boolean' ? 'bool' : 'float32';
        return tf.tensor2d(values.map(Number), [groups, 1], dtype);
      }),
    derived: keptAs,
    dispose: () => {
      isDisposed = true;
      // The backend of the others would fail.
      tf.dispose(made.filter((one) => !isLost(one)));
    },
  };
  // What looks for tensors in a layout must not read it: that waits for the device.
  return Object.defineProperty(layout, 'rows', {
    enumerable: false,
    get: () => {
      demandAlive();
      return (rows ??= rowLayout(ids, givenMask()?.dataSync() ?? new Float32Array(rollouts * positions)));
    },
  }) as Layout;
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
