/** Reductions over the elements of one index set of a concrete batch, each with the condition that keeps it in the set. */
import * as b from '../../proof/build.js';
import { floorOf, minus, toNumber, whole, times } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';
import type { Reduce } from '../../ir/expr.js';
import type { Extended, Truth, Value } from './extended.js';

/** An element's value, and whether it is in the set. */
export interface Member {
  readonly value: Value;
  readonly kept: Condition;
}

const isSure = ({ kept }: Member): boolean => kept.op === 'boolean' && kept.value;
const terms = (members: readonly Member[]): readonly Term[] | undefined => {
  const values = members.map(({ value }) => value);
  return values.every((value) => typeof value === 'object') ? values : undefined;
};
const counted = (members: readonly Member[]): Term =>
  b.sum(...members.map(({ kept }) => b.select(kept, b.one, b.zero)));
const someKept = (members: readonly Member[]): Condition => b.or(...members.map(({ kept }) => kept));
const total = (members: readonly Member[], of: readonly Term[]): Term =>
  b.sum(...members.map(({ kept }, at) => b.select(kept, of[at] ?? b.zero, b.zero)));

/** A real reduction over the members in order; `beside` is an anchor or the q of a quantile. */
export function reduced(
  reduce: Exclude<Reduce['reduce'], 'any' | 'all'>,
  members: readonly Member[],
  beside: Value,
  hasBeside: boolean,
  ops: Extended,
): Value {
  switch (reduce) {
    case 'sum':
    case 'mean': {
      const values = terms(members);
      if (values === undefined) return undefined;
      const sum = total(members, values);
      const mean = (): Value => ops.binary('div', sum, counted(members));
      return reduce === 'sum' ? sum : ops.select(someKept(members), mean(), b.zero);
    }
    case 'first':
      return [...members]
        .reverse()
        .reduce<Value>((rest, { value, kept }) => ops.select(kept, value, rest), b.zero);
    case 'max':
    case 'min':
      return extremeOf(reduce, members, ops);
    case 'logsumexp':
      return logSumExp(members, beside, hasBeside, ops);
    case 'quantile':
      return quantileOf(members, beside, ops);
  }
}

/** Over nothing, the infinity that any element beats. */
function extremeOf(extreme: 'max' | 'min', members: readonly Member[], ops: Extended): Value {
  const nothing: Value = extreme === 'max' ? '-inf' : 'inf';
  const sure = members.filter(isSure);
  const open = members.filter((one) => !isSure(one));
  return [...sure, ...open].reduce<Value>(
    (best, { value, kept }) => ops.select(kept, ops.binary(extreme, best, value), best),
    nothing,
  );
}

function logSumExp(members: readonly Member[], anchor: Value, hasAnchor: boolean, ops: Extended): Value {
  const all = hasAnchor ? [...members, { value: anchor, kept: b.truth(true) }] : members;
  const powers = all.map(({ value, kept }) => ({ value: ops.unary('exp', value), kept }));
  const values = terms(powers);
  if (values === undefined) return undefined;
  if (!powers.some(isSure)) return someKept(all).op === 'boolean' ? '-inf' : undefined;
  return ops.unary('log', total(powers, values));
}

/** Of a rational q, over a set that is known: sorted by exchanging neighbours. */
function quantileOf(members: readonly Member[], q: Value, ops: Extended): Value {
  if (members.length === 0) return b.zero;
  if (!members.every(isSure) || typeof q !== 'object' || q.op !== 'number') return undefined;
  const sorted: Value[] = members.map(({ value }) => value);
  for (let end = sorted.length - 1; end > 0; end -= 1)
    for (let at = 0; at < end; at += 1) {
      const [x, y] = [sorted[at], sorted[at + 1]];
      sorted[at] = ops.binary('min', x, y);
      sorted[at + 1] = ops.binary('max', x, y);
    }
  const place = times(q.value, whole(sorted.length - 1));
  if (toNumber(q.value) < 0 || toNumber(q.value) > 1) return undefined;
  const low = floorOf(place);
  const part = minus(place, whole(low));
  const below = ops.binary('mul', sorted[low], b.difference(b.one, b.number(part)));
  return low + 1 < sorted.length
    ? ops.binary('add', below, ops.binary('mul', sorted[low + 1], b.number(part)))
    : below;
}

/** Which member holds the extreme, the first in order: a condition for each. */
export function attaining(
  extreme: 'max' | 'min',
  members: readonly Member[],
  ops: Extended,
): readonly Truth[] {
  const [before, after] = extreme === 'max' ? (['gt', 'ge'] as const) : (['lt', 'le'] as const);
  return members.map(({ value, kept }, own) => {
    const beats = members.map((other, at): Truth => {
      if (at === own) return b.truth(true);
      const wins = ops.compare(at < own ? before : after, value, other.value);
      return wins === undefined ? undefined : b.or(b.not(other.kept), wins);
    });
    return beats.every((one) => one !== undefined) ? b.and(kept, ...beats) : undefined;
  });
}
