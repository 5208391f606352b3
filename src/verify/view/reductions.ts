/** Reductions as the own part and rests: `docs/certificates.md`, §3. */
import * as build from '../../proof/build.js';
import { isZero } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';
import { ONE as ONE_EXPR, ZERO as ZERO_EXPR, and, exp, reduce, select } from '../../ir/build.js';
import type { Expr, Reduce } from '../../ir/expr.js';
import { infinityOf, maximum, minimum } from './elementwise.js';
import { membersOf, readersOf, type Others, type Read } from './members.js';
import { placeKey, upTo, type Place } from './place.js';
import { deepest, type Reader } from './reader.js';
import type { MemberSet, Part } from './session.js';
import { totalOver } from './totals.js';

/** A number that a reduction gives; conditions are `anyOf`. */
export function reduced(reader: Reader, node: Reduce, place: Place, copy: number): Term {
  switch (node.reduce) {
    case 'sum':
      return summed(reader, node, node.x, place, copy);
    case 'mean': {
      const total = summed(reader, node, node.x, place, copy);
      if (total.op === 'number' && isZero(total.value)) return total;
      const size = summed(reader, node, ONE_EXPR, place, copy, node.x);
      return build.select(isNonEmpty(reader, node, place, copy), build.quotient(total, size), build.zero);
    }
    case 'logsumexp':
      return logSumExp(reader, node, place, copy);
    case 'max':
    case 'min':
      return extreme(reader, node, node.reduce, place, copy);
    case 'first':
    case 'quantile':
      return build.variable(unknownOf(reader, node, place, copy, node.reduce, 'real'));
    case 'any':
    case 'all':
      throw new Error('internal: a condition is no number');
  }
}

/** Whether the set holds an element for which `where` holds. Sizes are 1 at least; a rollout may be alone in its group. */
export const isNonEmpty = (reader: Reader, node: Reduce, place: Place, copy: number): Condition =>
  node.from !== 'peer' && node.where === undefined
    ? build.truth(true)
    : anyOf(reader, node, undefined, place, copy, [node.x]);

/** A name for what nothing is known of: one per element, and per copy where what is varied may enter it. */
export function unknownOf(
  reader: Reader,
  node: Expr,
  place: Place,
  copy: number,
  stem: string,
  kind: 'real' | 'flag',
): string {
  const { session } = reader;
  const isMoving = reader.dependsOnVaried(node);
  const suffix = isMoving ? `@${String(copy)}` : '';
  const { level } = node.type;
  const there = level === 'peer' ? place : upTo(place, level);
  const prefix = deepest(there);
  const key = `${stem} ${String(reader.idOf(node))} ${placeKey(there)}`;
  const name = `${session.nameFor(key, `${prefix}:${stem}`)}${suffix}`;
  session.declare(name, { kind, prefix, isMoving });
  session.standsFor(name, { node, place: there, copy });
  return name;
}

/** Which copy a part's members are of: of one that may hold the own element, what is varied is in it. */
const copyOf = (reader: Reader, set: MemberSet, reads: readonly Expr[], copy: number): number | undefined =>
  set.mayHoldOwn && reads.some(reader.dependsOnVaried) ? copy : undefined;

const present = (expr: Expr | undefined): readonly Expr[] => (expr === undefined ? [] : [expr]);

const holds = (reader: Reader, where: Expr | undefined, place: Place, copy: number): Condition =>
  where === undefined ? build.truth(true) : reader.condition(where, place, copy);

/** Σ x over the set of `node`; `like` is what else decides how the set is taken apart. */
export function summed(
  reader: Reader,
  node: Reduce,
  x: Expr,
  place: Place,
  copy: number,
  like: Expr = x,
): Term {
  const reads = [x, ...present(node.where)];
  const members = membersOf(reader, node, [like, ...reads], place);
  const read = readersOf(members, x, node.where);
  const at = (one: Place): Term => {
    const where = holds(reader, read.where, one, copy);
    return where.op === 'boolean' && !where.value
      ? build.zero
      : build.select(where, reader.term(read.x, one, copy), build.zero);
  };
  const rest = ({ set, place: there, inner }: Others): Term => {
    const part = copyOf(reader, set, reads, copy);
    if (inner === undefined) {
      const where = holds(reader, read.where, there, copy);
      const body = where.op === 'boolean' && !where.value ? build.zero : reader.term(read.x, there, copy);
      return totalOver(reader.session, set, where, body, part);
    }
    const body = summed(reader, { ...node, ...inner }, x, there, copy, like);
    return totalOver(reader.session, set, build.truth(true), body, part);
  };
  return build.sum(
    ...(members.own === undefined ? [] : [at(members.own)]),
    ...members.others.map(rest),
    ...(members.except === undefined ? [] : [build.negated(at(members.except))]),
  );
}

/** Whether `x`, or anything without it, is so at some element of the set. */
export function anyOf(
  reader: Reader,
  node: Reduce,
  x: Expr | undefined,
  place: Place,
  copy: number,
  like: readonly Expr[] = [],
): Condition {
  const condition = x === undefined ? node.where : node.where === undefined ? x : and(node.where, x);
  const isAll = condition === undefined || (condition.op === 'bool' && condition.value);
  if (isAll && node.from !== 'peer') return build.truth(true);
  const reads = present(condition);
  const members = membersOf(reader, node, [...like, ...reads], place);
  if (members.except !== undefined) {
    const chosen = condition === undefined ? ONE_EXPR : select(condition, ONE_EXPR, ZERO_EXPR);
    const { from, to } = node;
    return build.above(summed(reader, reduce('sum', { from, to }, chosen), chosen, place, copy), build.zero);
  }
  const read = readersOf(members, condition ?? ONE_EXPR, condition);
  const others = members.others.map(({ set, place: there, inner }): Condition => {
    const where =
      inner === undefined
        ? holds(reader, read.where, there, copy)
        : anyOf(reader, { ...node, ...inner }, x, there, copy, like);
    if (where.op === 'boolean' && !where.value) return where;
    const count = totalOver(reader.session, set, where, build.one, copyOf(reader, set, reads, copy));
    return build.above(count, build.zero);
  });
  const own = members.own === undefined ? [] : [holds(reader, read.where, members.own, copy)];
  return build.or(...own, ...others);
}

function logSumExp(reader: Reader, node: Reduce, place: Place, copy: number): Term {
  const { anchor } = node;
  const isAnchored = anchor !== undefined && infinityOf(anchor) === 0;
  const beside = isAnchored ? [build.exp(reader.term(anchor, place, copy))] : [];
  const total = build.sum(...beside, summed(reader, node, exp(node.x), place, copy));
  const nonEmpty = isNonEmpty(reader, node, place, copy);
  if (isAnchored || (nonEmpty.op === 'boolean' && nonEmpty.value)) reader.session.positive(total);
  return build.log(total);
}

/** The own value where it is the extreme, otherwise that of the others. Without others, theirs is any number beyond. */
function extreme(reader: Reader, node: Reduce, which: 'max' | 'min', place: Place, copy: number): Term {
  const reads = [node.x, ...present(node.where)];
  const members = membersOf(reader, node, reads, place);
  const read = readersOf(members, node.x, node.where);
  const [others] = members.others;
  if (members.others.length !== 1 || members.except !== undefined || others?.inner !== undefined)
    return build.variable(unknownOf(reader, node, place, copy, which, 'real'));
  if (others === undefined) throw new Error('internal: a set without others');
  const rest = extremeOfOthers(reader, which, others, read, copy, reads);
  if (members.own === undefined) return rest;
  const own = reader.term(read.x, members.own, copy);
  const best = which === 'max' ? maximum(own, rest) : minimum(own, rest);
  return build.select(holds(reader, read.where, members.own, copy), best, rest);
}

function extremeOfOthers(
  reader: Reader,
  which: 'max' | 'min',
  { set, place }: Others,
  read: Read,
  copy: number,
  reads: readonly Expr[],
): Term {
  const part = partFor(reader, set, holds(reader, read.where, place, copy), copyOf(reader, set, reads, copy));
  const body = reader.session.expansion.canonical(reader.term(read.x, place, copy));
  return reader.session.restOf(part, which, body);
}

/** The extreme of the others, where the set has a single part of others; for who attains it. */
export function rivalOf(
  reader: Reader,
  node: Reduce,
  which: 'max' | 'min',
  place: Place,
  copy: number,
): Term | undefined {
  const reads = [node.x, ...present(node.where)];
  const members = membersOf(reader, node, reads, place);
  const [others] = members.others;
  const isOwn = members.own !== undefined && placeKey(members.own) === placeKey(place);
  if (!isOwn || members.others.length !== 1 || others === undefined || others.inner !== undefined)
    return undefined;
  return extremeOfOthers(reader, which, others, readersOf(members, node.x, node.where), copy, reads);
}

const partFor = ({ session }: Reader, set: MemberSet, where: Condition, copy: number | undefined): Part =>
  session.partOf(set, where, copy);
