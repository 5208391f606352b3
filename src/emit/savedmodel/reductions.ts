/**
 * Reductions over index sets. What does not belong to a set is left out by selection, never by multiplication, so that
 * NaN and infinities there reach nothing. Values over nothing: `sum`, `mean` and `first` 0, `max` −∞, `min` +∞,
 * `logsumexp` −∞, `any` false, `all` true.
 */
import type { Reduction, ReductionTemplates } from '../backend.js';
import type { Builder, Library, Ref } from './builder.js';
import type { Ops } from './ops.js';
import { quantileOver } from './quantile.js';
import { indexSet, stepsOf, type IndexSet, type Step } from './sets.js';
import type { Space } from './space.js';

type Where = Ref | undefined;
interface Arranged {
  readonly set: IndexSet;
  readonly x: Ref;
  readonly keep: Where;
}

/** Beyond this, and for infinities, a mean is not shifted by the first element but by this; no sum of it overflows. */
const LARGEST_SHIFT = 1e30;
const LARGEST = 3.4028234663852886e38;
const LAST = 2 ** 31 - 1;

export function reductions(tf: Ops, own: Builder, library: Library, space: Space): ReductionTemplates {
  const arranged = (step: Step, x: Ref, where: Where): Arranged => {
    const set = indexSet(tf, space, step);
    const condition = where === undefined ? undefined : set.entries(where);
    const keep =
      set.own === undefined || condition === undefined ? (set.own ?? condition) : tf.and(set.own, condition);
    return { set, x: set.entries(x), keep };
  };
  const kept = ({ x, keep }: Arranged, fill: Ref): Ref => (keep === undefined ? x : tf.select(keep, x, fill));
  const within = (value: Ref, low: number, high: number): Ref =>
    tf.minimum(tf.maximum(value, tf.number(low)), tf.number(high));

  /** Once where the set is one step, else row by row and then over the rows. */
  const inSteps = (set: string, x: Ref, where: Where, reduce: (of: Arranged) => Ref): Ref => {
    const both = stepsOf(set);
    const once = (step: Step, value: Ref, condition: Where): Ref => {
      const of = arranged(step, value, condition);
      return of.set.outer(reduce(of));
    };
    if (both === undefined) return once(set as Step, x, where);
    return once(both[1], once(both[0], x, where), undefined);
  };
  const total = (of: Arranged): Ref => of.set.sum(kept(of, tf.number(0)));
  const sum = (set: string, x: Ref, where: Where): Ref => inSteps(set, x, where, total);

  /** The extreme, NaN where an element is: XLA on a CPU may lose one. */
  const extreme =
    (which: 'max' | 'min') =>
    (of: Arranged): Ref => {
      const best = of.set[which](kept(of, tf.number(which === 'max' ? -Infinity : Infinity)));
      const isUnknown = tf.isNaN(of.x);
      const isLost = of.set.any(of.keep === undefined ? isUnknown : tf.and(of.keep, isUnknown));
      return tf.select(isLost, tf.number(NaN), best);
    };
  const any = (set: string, x: Ref, where: Where): Ref =>
    inSteps(set, x, where, (of) => of.set.any(of.keep === undefined ? of.x : tf.and(of.x, of.keep)));

  const count = (set: string, where: Where): Ref => {
    if (where !== undefined) return sum(set, tf.cast(where, 'float32'), where);
    const both = stepsOf(set);
    if (both !== undefined) return sum(both[1], count(both[0], undefined), undefined);
    switch (set as Step) {
      case 'token in rollout':
        return space.lengths();
      case 'peer in rollout':
        return tf.sum(tf.cast(space.isPeer(), 'float32'), 1);
      case 'rollout in group':
        return sum(set, tf.broadcast(tf.number(1), space.columnShape()), undefined);
      case 'rollout in batch':
        return tf.cast(space.rollouts(), 'float32');
      case 'group in batch':
        return tf.cast(space.groups(), 'float32');
    }
  };

  /** The entry that comes first among those that are marked: one per set, or `LAST`. */
  const earliest = (set: IndexSet, marked: Ref): Ref =>
    set.min(tf.select(marked, set.order(), tf.integer(LAST)));
  /** The value of the first entry in order, arranged as one per set; 0 where there is none. */
  const firstValue = ({ set, x, keep }: Arranged): Ref => {
    const isAny = keep ?? tf.broadcast(tf.truth(true), tf.shape(x));
    const isFirst = tf.and(isAny, tf.equal(set.order(), set.spread(earliest(set, isAny))));
    return set.sum(tf.select(isFirst, x, tf.number(0)));
  };
  const hasAny = (step: Step, where: Where): Ref =>
    any(step, where ?? (step === 'token in rollout' ? space.mask() : space.isPeer()), undefined);
  const first = (set: string, x: Ref, where: Where): Ref => {
    const both = stepsOf(set);
    if (both === undefined) return inSteps(set, x, where, firstValue);
    return first(both[1], first(both[0], x, where), hasAny(both[0], where));
  };

  const sizeOrOne = (set: string, where: Where): Ref => {
    const size = count(set, where);
    const isSome = where === undefined && (set === 'rollout in batch' || set === 'group in batch');
    return isSome ? size : tf.maximum(size, tf.number(1));
  };
  /** Shifted by the first element where that is finite, so that the mean of equal values is that value. */
  const mean = (set: string, x: Ref, where: Where): Ref => {
    const size = sizeOrOne(set, where);
    if (set.startsWith('token') || stepsOf(set) !== undefined) return tf.div(sum(set, x, where), size);
    const of = arranged(set as Step, x, where);
    const shift = within(firstValue(of), -LARGEST_SHIFT, LARGEST_SHIFT);
    const shifted = total({ ...of, x: tf.sub(of.x, of.set.spread(shift)) });
    return tf.add(of.set.outer(shift), tf.div(of.set.outer(shifted), size));
  };

  /**
   * log(Σ e^x + e^extra) with the largest shifted out. The shift is finite, so that an infinite element is left to the
   * sum, and NaN goes through there.
   */
  const logsumexp = (set: string, x: Ref, where: Where, anchor: Ref | undefined): Ref => {
    const both = stepsOf(set);
    if (both !== undefined)
      return logsumexp(both[1], logsumexp(both[0], x, where, undefined), undefined, anchor);
    const of = arranged(set as Step, x, where);
    const values = kept(of, tf.number(-Infinity));
    const top = of.set.max(values);
    const mass = (shift: Ref): Ref => of.set.sum(tf.exp(tf.sub(values, of.set.spread(shift))));
    const isNone = anchor !== undefined && own.numberOf(anchor) === -Infinity;
    if (anchor === undefined || isNone) {
      const shift = within(top, -LARGEST, LARGEST);
      return of.set.outer(tf.add(shift, tf.log(mass(shift))));
    }
    // log(e^a + e^z) = a + softplus(z − a), which keeps its digits where e^z is small.
    if (own.numberOf(anchor) === 0) {
      const shift = within(top, -LARGEST, LARGEST);
      return tf.softplus(of.set.outer(tf.add(shift, tf.log(mass(shift)))));
    }
    const shift = within(tf.maximum(top, anchor), -LARGEST, LARGEST);
    return of.set.outer(tf.add(shift, tf.log(tf.add(mass(shift), tf.exp(tf.sub(anchor, shift))))));
  };

  const attainsInStep = (which: 'max' | 'min', step: Step, x: Ref, where: Where): Ref => {
    const of = arranged(step, x, where);
    const best = of.set.spread(extreme(which)(of));
    const hit = tf.or(tf.equal(of.x, best), tf.and(tf.isNaN(best), tf.isNaN(of.x)));
    const flags = of.keep === undefined ? hit : tf.and(hit, of.keep);
    const isFirst = tf.equal(of.set.order(), of.set.spread(earliest(of.set, flags)));
    return of.set.elements(tf.and(flags, isFirst));
  };

  const simple =
    (reduce: (set: string, x: Ref, where: Where) => Ref) =>
    ({ set, x, where }: Reduction): Ref =>
      reduce(set, x, where);
  return {
    reduce: {
      sum: simple(sum),
      mean: simple(mean),
      max: ({ set, x, where }) => inSteps(set, x, where, extreme('max')),
      min: ({ set, x, where }) => inSteps(set, x, where, extreme('min')),
      logsumexp: ({ set, x, where, beside }) => logsumexp(set, x, where, beside),
      any: simple(any),
      all: ({ set, x, where }) => tf.not(any(set, tf.not(x), where)),
      first: simple(first),
      quantile: ({ set, x, where, beside = tf.number(0) }) =>
        quantileOver(tf, own, library, space, { set, x, where, q: beside }),
    },
    count,
    attains: (which, { set, x, where }) => {
      const both = stepsOf(set);
      if (both === undefined) return attainsInStep(which, set as Step, x, where);
      const [inner, outer] = both;
      const rows = inSteps(inner, x, where, extreme(which));
      const winner = attainsInStep(which, outer, rows, hasAny(inner, where));
      return tf.and(attainsInStep(which, inner, x, where), winner);
    },
    swap: (x, of) => (of === 'peer' ? tf.transpose(x) : tf.reshape(x, tf.ints([1, -1]))),
  };
}
