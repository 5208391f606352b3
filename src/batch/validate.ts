/** From an unchecked JSON object to a batch that fits an objective's inputs, or the first thing wrong with it. */
import { nearest } from '../base/suggest.js';
import { contractOf } from './contract.js';
import type { Declaration, DenseBatch, DenseValue, Problem } from './dense.js';
import { problem } from './dense.js';
import type { RawBatch } from './json.js';
import { describe } from './number.js';
import type { Read } from './shape.js';
import { readList, readValue, shapeText } from './shape.js';

export type Validated =
  { readonly batch: DenseBatch; readonly notes: readonly string[] } | { readonly problem: Problem };

const memberOf = (raw: RawBatch, name: string): unknown => (Object.hasOwn(raw, name) ? raw[name] : undefined);

function missing(raw: RawBatch, name: string, shape: string, taken: ReadonlySet<string>): Problem {
  const meant = nearest(
    name,
    Object.keys(raw).filter((key) => !taken.has(key)),
  );
  const hint = meant === undefined ? `add it: ${shape}` : `rename \`${meant}\` to \`${name}\``;
  return problem(name, `\`${name}\` is missing`, hint);
}

function readGroup(raw: unknown): Read<readonly number[]> {
  const list = readList(raw, 'group', 'one integer id per rollout');
  if ('problem' in list) return list;
  const ids: number[] = [];
  for (const [at, entry] of list.value.entries()) {
    const path = `group[${at}]`;
    if (typeof entry !== 'number' || !Number.isSafeInteger(entry))
      return { problem: problem(path, `\`${path}\` is ${describe(entry)}, expected an integer id`) };
    ids.push(entry);
  }
  return { value: ids };
}

function readMask(raw: unknown, rollouts: number): Read<readonly (readonly number[])[]> {
  const list = readList(raw, 'mask', shapeText('token'), { of: rollouts, because: 'one per rollout' });
  if ('problem' in list) return list;
  const rows: (readonly number[])[] = [];
  for (const [at, entry] of list.value.entries()) {
    const path = `mask[${at}]`;
    const first = rows[0];
    const count = first && { of: first.length, because: 'as many as `mask[0]`' };
    const row = readList(entry, path, 'a list with 0 or 1 per token', count);
    if ('problem' in row) {
      if (!Array.isArray(entry)) return row;
      return { problem: { ...row.problem, hint: 'pad every row to the same width, with 0 in `mask`' } };
    }
    const values: number[] = [];
    for (const [position, one] of row.value.entries()) {
      if (one !== 0 && one !== 1) {
        const where = `${path}[${position}]`;
        return { problem: problem(where, `\`${where}\` is ${describe(one)}, expected 0 or 1`) };
      }
      values.push(one);
    }
    rows.push(values);
  }
  return { value: rows };
}

/** The number of rollouts where no `group` tells it: that of the mask, or of the first value that has one. */
function rolloutsWithoutGroup(raw: RawBatch, declarations: readonly Declaration[]): number | undefined {
  const names = declarations
    .filter(({ level }) => level === 'rollout' || level === 'token')
    .map(({ name }) => name);
  for (const name of ['mask', ...names]) {
    const value = memberOf(raw, name);
    if (Array.isArray(value)) return value.length;
  }
  return undefined;
}

function firstMissing(raw: RawBatch, declarations: readonly Declaration[]): Problem | undefined {
  const taken = new Set(['group', 'mask', ...declarations.map(({ name }) => name)]);
  const absent = declarations.find(({ name }) => !Object.hasOwn(raw, name));
  if (absent !== undefined) return missing(raw, absent.name, shapeText(absent.level), taken);
  const token = declarations.find(({ level }) => level === 'token');
  if (token === undefined || Object.hasOwn(raw, 'mask')) return undefined;
  const { message, hint, path } = missing(
    raw,
    'mask',
    '1 where a token counts and 0 elsewhere, per rollout',
    taken,
  );
  return problem(path, `${message}, and \`${token.name}\` has one number per token`, hint);
}

/**
 * Checks a batch against the inputs of an objective, in this order: names, `group`, `mask`, then each input in order
 * of declaration, shape before values, row by row. The first thing wrong is the problem. Members that the objective
 * does not declare are ignored, values at masked positions are never looked at. Where `group` is absent, all rollouts
 * are one group, and a note says so. `params` holds a value for each parameter that a domain names.
 */
export function validate(
  raw: RawBatch,
  declarations: readonly Declaration[],
  params: ReadonlyMap<string, number> = new Map(),
): Validated {
  const absent = firstMissing(raw, declarations);
  if (absent !== undefined) return { problem: absent };

  const notes: string[] = [];
  let group: readonly number[];
  if (Object.hasOwn(raw, 'group')) {
    const read = readGroup(raw['group']);
    if ('problem' in read) return read;
    group = read.value;
  } else {
    const rollouts = rolloutsWithoutGroup(raw, declarations);
    if (rollouts === undefined)
      return { problem: missing(raw, 'group', 'one integer id per rollout', new Set(['mask'])) };
    group = new Array<number>(rollouts).fill(0);
    notes.push(`the batch has no \`group\`: its rollouts are taken as one group (${rollouts})`);
  }
  if (group.length === 0) {
    const path = Object.hasOwn(raw, 'group') ? 'group' : '';
    return { problem: problem(path, 'the batch has no rollout, expected one at least') };
  }

  let mask: readonly (readonly number[])[] | undefined;
  if (Object.hasOwn(raw, 'mask')) {
    const read = readMask(raw['mask'], group.length);
    if ('problem' in read) return read;
    mask = read.value;
  }

  const shape = {
    rollouts: group.length,
    groups: new Set(group).size,
    ...(mask === undefined ? {} : { mask }),
  };
  const values = new Map<string, DenseValue>();
  for (const { name, level, role, domain } of declarations) {
    const entry = { role, ...(domain === undefined ? {} : { contract: contractOf(domain, params) }) };
    const read = readValue(raw[name], name, level, entry, shape);
    if ('problem' in read) return read;
    values.set(name, read.value);
  }
  return { batch: { group, ...(mask === undefined ? {} : { mask }), values }, notes };
}
