/** Along a rollout, and who attains an extreme: the own value as far as it is seen, and names for the rest. */
import * as build from '../../proof/build.js';
import type { Condition, Term } from '../../proof/term.js';
import { reduce } from '../../ir/build.js';
import { isPlace, type Attains, type Scan, type Shift } from '../../ir/expr.js';
import type { Place } from './place.js';
import type { Reader } from './reader.js';
import { rivalOf, unknownOf } from './reductions.js';

/** The own value and what the tokens before it, or after it, add. */
export const scanned = (reader: Reader, node: Scan, place: Place, copy: number): Term =>
  build.sum(
    reader.term(node.x, place, copy),
    build.variable(unknownOf(reader, node, place, copy, 'scan', 'real')),
  );

/** Whether there is such a token: the same for all shifts by as much. */
const hasToken = (reader: Reader, { by }: Shift, place: Place, copy: number): Condition =>
  build.flag(unknownOf(reader, placeAt(by), place, copy, 'token', 'flag'));
const placeAt = (by: number): Shift => ({
  op: 'shift',
  type: { kind: 'bool', level: 'token' },
  by,
  x: { op: 'bool', type: { kind: 'bool', level: 'batch' }, value: true },
  fill: { op: 'bool', type: { kind: 'bool', level: 'batch' }, value: false },
});

export function shifted(reader: Reader, node: Shift, place: Place, copy: number): Term {
  if (node.by === 0) return reader.term(node.x, place, copy);
  const there =
    node.x.type.level === 'token'
      ? build.variable(unknownOf(reader, node, place, copy, 'shift', 'real'))
      : reader.term(node.x, place, copy);
  return build.select(hasToken(reader, node, place, copy), there, reader.term(node.fill, place, copy));
}

export function shiftedCondition(reader: Reader, node: Shift, place: Place, copy: number): Condition {
  if (node.by === 0) return reader.condition(node.x, place, copy);
  const exists = hasToken(reader, node, place, copy);
  if (isPlace(node)) return exists;
  const there =
    node.x.type.level === 'token'
      ? build.flag(unknownOf(reader, node, place, copy, 'shift', 'flag'))
      : reader.condition(node.x, place, copy);
  return build.and(exists, there);
}

/** Ahead of all others; or level with the best of them, and first on a flag. */
export function attaining(reader: Reader, node: Attains, place: Place, copy: number): Condition {
  const isFirst = build.flag(unknownOf(reader, node, place, copy, 'first', 'flag'));
  const where = node.where === undefined ? build.truth(true) : reader.condition(node.where, place, copy);
  const own = reader.term(node.x, place, copy);
  const ahead = (other: Term): Term =>
    node.extreme === 'max' ? build.difference(own, other) : build.difference(other, own);
  const over = reduce(node.extreme, node, node.x);
  const rival = rivalOf(reader, over, node.extreme, place, copy);
  if (rival !== undefined)
    return build.and(
      where,
      build.or(build.literal('>', ahead(rival)), build.and(build.literal('==', ahead(rival)), isFirst)),
    );
  const best = reader.term(over, { elements: place.elements }, copy);
  return build.and(where, build.literal('>=', ahead(best)), isFirst);
}
