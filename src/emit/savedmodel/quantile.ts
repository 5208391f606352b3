/** Quantiles of index sets, by sorting them; sets of several rows are sorted together, and then by group. */
import { countAlong } from './along.js';
import type { Builder, Library, Ref } from './builder.js';
import type { Ops } from './ops.js';
import { indexSet, stepsOf, type Step } from './sets.js';
import type { Space } from './space.js';

interface Quantile {
  readonly set: string;
  readonly x: Ref;
  readonly where: Ref | undefined;
  /** At the outer level. */
  readonly q: Ref;
}

/** Elements in order of their sets: how many each set has, whether it has a NaN, and the value at a place of it. */
interface Sorted {
  /** float32, one per set. */
  readonly size: Ref;
  readonly isLost: Ref;
  /** The element at a place, float32, counted from the smallest. */
  readonly at: (place: Ref) => Ref;
}

/**
 * The value at place q · (n − 1) of the sorted elements, by linear interpolation; 0 over nothing. NaN where an element
 * is, and where `q` lies outside [0, 1].
 */
export function quantileOver(
  tf: Ops,
  own: Builder,
  library: Library,
  space: Space,
  { set, x, where, q }: Quantile,
): Ref {
  const isOfGroups = set === 'rollout in group' || set === 'token in group';
  const { size, isLost, at } = isOfGroups
    ? byGroup(tf, own, library, space, set, x, where)
    : byRow(tf, space, set, x, where);
  const isShare = tf.and(tf.greaterEqual(q, tf.number(0)), tf.lessEqual(q, tf.number(1)));
  const last = tf.maximum(tf.sub(size, tf.number(1)), tf.number(0));
  const place = tf.mul(last, tf.select(isShare, q, tf.number(0)));
  const [low, high] = [tf.floor(place), tf.ceil(place)];
  const [below, above] = [at(low), at(high)];
  const share = tf.sub(place, low);
  const between = tf.add(tf.mul(below, tf.sub(tf.number(1), share)), tf.mul(above, share));
  const value = tf.select(tf.equal(low, high), below, between);
  const isProper = tf.and(isShare, tf.not(isLost));
  const proper = tf.select(isProper, value, tf.number(NaN));
  const result = tf.select(tf.greater(size, tf.number(0)), proper, tf.number(0));
  return set.endsWith('batch') ? tf.reshape(result, tf.ints([])) : result;
}

const both = (tf: Ops, x: Ref | undefined, y: Ref | undefined): Ref | undefined =>
  x === undefined || y === undefined ? (x ?? y) : tf.and(x, y);

/** Every set is a row of a table. */
function byRow(tf: Ops, space: Space, set: string, x: Ref, where: Ref | undefined): Sorted {
  const step = stepsOf(set)?.[0] ?? (set as Step);
  const { entries, own } = indexSet(tf, space, step);
  const isWhole = set === 'token in batch';
  const arranged = (value: Ref): Ref => (isWhole ? tf.reshape(value, tf.ints([1, -1])) : value);
  const table = {
    'token in rollout': space.tokenShape,
    'peer in rollout': space.peerShape,
    'rollout in batch': () => tf.pack(tf.integer(1), space.rollouts()),
    'group in batch': () => tf.pack(tf.integer(1), space.rollouts()),
    'rollout in group': space.columnShape,
  }[step];
  const full = (value: Ref): Ref => arranged(tf.broadcast(value, table()));
  const values = full(entries(x));
  const keep = full(both(tf, own, where && entries(where)) ?? tf.truth(true));
  const isUnknown = tf.isNaN(values);
  const width = tf.size(tf.shape(values), 1);
  const used = tf.select(tf.and(keep, tf.not(isUnknown)), values, tf.number(-Infinity));
  const descending = tf.sorted(used, width).values;
  const size = tf.sum(tf.cast(keep, 'float32'), 1);
  const last = tf.maximum(tf.sub(size, tf.number(1)), tf.number(0));
  return {
    size,
    isLost: tf.any(tf.and(keep, isUnknown), 1),
    at: (place) => tf.gather(descending, tf.cast(tf.sub(last, place), 'int32'), 1, 1),
  };
}

/** All elements in one row, in descending order within their groups, and those after the groups that do not count. */
function byGroup(
  tf: Ops,
  own: Builder,
  library: Library,
  space: Space,
  set: string,
  x: Ref,
  where: Ref | undefined,
): Sorted {
  const isOfTokens = set === 'token in group';
  const shape = isOfTokens ? space.tokenShape() : space.columnShape();
  const flat = (value: Ref): Ref => tf.reshape(tf.broadcast(value, shape), tf.ints([-1]));
  const values = flat(x);
  const keep = flat(both(tf, isOfTokens ? space.mask() : undefined, where) ?? tf.truth(true));
  const groupOf = flat(tf.reshape(space.groupOf(), tf.ints([-1, 1])));
  const isUnknown = tf.isNaN(values);
  const isUsed = tf.and(keep, tf.not(isUnknown));
  const count = tf.size(tf.shape(values), 0);
  const first = tf.sorted(tf.select(isUsed, values, tf.number(-Infinity)), count);
  const groups = tf.gather(tf.select(isUsed, groupOf, space.rollouts()), first.indices, 0);
  const second = tf.sorted(tf.sub(tf.integer(-1), groups), count);
  const descending = tf.gather(first.values, second.indices, 0);

  const inGroups = (one: Ref): Ref => tf.segmentSum(tf.cast(one, 'int32'), groupOf, space.rollouts());
  const column = (one: Ref): Ref => tf.reshape(one, tf.ints([-1, 1]));
  const used = inGroups(isUsed);
  const ends = tf.reshape(countAlong(tf, own, library, tf.reshape(used, tf.ints([1, -1]))), tf.ints([-1]));
  const starts = column(tf.sub(ends, used));
  const size = column(tf.cast(inGroups(keep), 'float32'));
  const last = tf.maximum(tf.sub(size, tf.number(1)), tf.number(0));
  const end = tf.sub(count, tf.integer(1));
  return {
    size,
    isLost: column(tf.greater(inGroups(tf.and(keep, isUnknown)), tf.integer(0))),
    at: (place) =>
      tf.gather(descending, tf.minimum(tf.add(starts, tf.cast(tf.sub(last, place), 'int32')), end), 0),
  };
}
