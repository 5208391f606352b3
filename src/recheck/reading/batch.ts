/** A concrete batch as JSON holds it (language §9): its index sets and values, each number the decimal that is written. */
import { LEVELS, isFiner, type Level } from '../../base/level.js';
import type { Ragged } from '../../base/ragged.js';
import * as i from '../interval.js';
import { each, fields, list, oneOf, unexpected, type Fields } from '../json.js';
import * as q from '../rational.js';
import type { Rational } from '../rational.js';
import { demand, reject } from '../rejection.js';
import type { Batch, Value } from './evaluate.js';
import type { Bound, Declared, Objective } from './objective.js';

const numberOf = (json: unknown, where: string): Rational =>
  (typeof json === 'number' && Number.isFinite(json) ? q.read(String(json)) : undefined) ??
  unexpected(json, 'a finite number', where);

/** Reads a batch with its parameters; refuses one that breaks a declared domain, or has a rollout without tokens. */
export function readBatch(objective: Objective, json: unknown, params: unknown, where: string): Batch {
  const raw = fields(json, where);
  const given = fields(params, 'params');
  const group = each(raw['group'], `${where}.group`, (one, at) => Number(numberOf(one, at).n));
  const ids = [...new Set(group)].sort((a, b) => a - b);
  const mask =
    'mask' in raw
      ? each(raw['mask'], `${where}.mask`, (row, at) => each(row, at, (one) => one === 1 || one === true))
      : undefined;
  demand(
    mask === undefined || mask.length === group.length,
    `${where}.mask`,
    'the mask has another number of rows than `group`',
  );
  demand(
    mask === undefined || mask.every((row) => row.some(Boolean)),
    `${where}.mask`,
    'a claim is about rollouts of one token at least',
  );
  demand(group.length > 0, `${where}.group`, 'a batch has one rollout at least');
  const rows = (mask ?? []).flatMap((row, at) => row.flatMap((kept) => (kept ? [at] : [])));
  const ragged: Ragged = {
    sizes: { batch: 1, group: ids.length, rollout: group.length, token: rows.length },
    groupOfRollout: Int32Array.from(group, (id) => ids.indexOf(id)),
    rolloutOfToken: Int32Array.from(rows),
  };
  const exact = new Map<string, readonly Rational[]>();
  for (const one of objective.inputs) {
    const values =
      one.role === 'param' ? [paramOf(one, given)] : valuesOf(one, raw, mask, `${where}.${one.name}`);
    demand(
      values.length === ragged.sizes[one.level],
      `${where}.${one.name}`,
      'the batch holds another number of values',
    );
    exact.set(one.name, values);
    for (const value of values)
      demand(
        isIn(one, value, exact),
        `${where}.${one.name}`,
        `${q.text(value)} lies outside the domain of ${one.name}`,
      );
  }
  const inputs = new Map([...exact].map(([name, all]) => [name, all.map((one): Value => i.point(one))]));
  return { ragged, inputs, ...(mask === undefined ? { isWithoutMask: true as const } : {}) };
}

function paramOf({ name, default: usual }: Declared, given: Fields): Rational {
  if (given[name] === undefined) return usual ?? reject('params', `there is no value for ${name}`);
  return numberOf(given[name], `params.${name}`);
}

function valuesOf(
  { name, level }: Declared,
  raw: Fields,
  mask: readonly (readonly boolean[])[] | undefined,
  where: string,
): readonly Rational[] {
  const json = raw[name];
  const byLevel: Readonly<Record<Level, () => readonly Rational[]>> = {
    batch: () => [numberOf(json, where)],
    group: () => each(json, where, numberOf),
    rollout: () => each(json, where, numberOf),
    token: () =>
      list(json, where).flatMap((row, at) =>
        list(row, `${where}[${String(at)}]`).flatMap((one, place) =>
          mask?.[at]?.[place] === true ? [numberOf(one, `${where}[${String(at)}][${String(place)}]`)] : [],
        ),
      ),
  };
  return byLevel[level]();
}

function isIn(
  { domain, isInteger }: Declared,
  value: Rational,
  known: ReadonlyMap<string, readonly Rational[]>,
): boolean {
  if (isInteger && !q.isWhole(value)) return false;
  if (domain.kind === 'set') return domain.values.some((one) => q.equal(one, value));
  const end = (bound: Bound): i.End => {
    if (typeof bound === 'string' || !('param' in bound)) return bound;
    const of = known.get(bound.param)?.[0] ?? reject('batch', `there is no value for ${bound.param}`);
    return bound.isNegative ? q.opposite(of) : of;
  };
  const range = i.between(end(domain.low), end(domain.high), domain.lowOpen, domain.highOpen);
  return i.meet(range, i.point(value)) !== undefined;
}

export interface Element {
  readonly level: Level;
  /** Position among the elements of its level. */
  readonly at: number;
}

/**
 * The element of a witness: positions of rollout and group in the batch, of a token within its rollout. A finer element than the
 * claim's names one of the claim's: what holds it.
 */
export function readElement(json: unknown, level: Level, { ragged }: Batch): Element {
  const one = fields(json, 'element');
  const own = oneOf(one['level'], LEVELS, 'element.level');
  demand(own === level || isFiner(own, level), 'element.level', `the claim is about each ${level}`);
  const position = (name: string): number => {
    const value = one[name];
    return typeof value === 'number' && Number.isInteger(value) && value >= 0
      ? value
      : unexpected(value, 'a position', `element.${name}`);
  };
  const at =
    level === 'batch'
      ? 0
      : level === 'token'
        ? ragged.rolloutOfToken.indexOf(position('rollout')) + position('token')
        : position(level);
  demand(at >= 0 && at < ragged.sizes[level], 'element', 'the batch has no such element');
  return { level, at };
}
