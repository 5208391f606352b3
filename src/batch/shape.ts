/** Reads one dense value of known shape out of unchecked JSON, and names the first entry that does not fit. */
import { inDomain } from '../base/domain.js';
import type { Level } from '../base/level.js';
import { violation, type Contract } from './contract.js';
import type { Declaration, DenseValue, Problem } from './dense.js';
import { problem } from './dense.js';
import { describe, numberOf } from './number.js';

export type Read<T> = { readonly value: T } | { readonly problem: Problem };

/** How many entries each level has, as far as the batch has told. */
export interface Shape {
  readonly rollouts: number;
  readonly groups: number;
  /** [B][T]; present wherever a value per token is read. */
  readonly mask?: readonly (readonly number[])[];
}

const wanted: Readonly<Record<Level, string>> = {
  batch: 'one number for the batch',
  group: 'one number per group, in ascending order of id',
  rollout: 'one number per rollout',
  token: 'one list per rollout, with one number per token',
};

/** What the values of a level look like, in words. */
export const shapeText = (level: Level): string => wanted[level];

/** What each entry of an input has to be. */
export interface Entry {
  readonly role: Declaration['role'];
  readonly contract?: Contract;
}

/** One entry, in its domain if it has one. Without a domain, NaN and the infinities are legal, but as a tag. */
function readEntry(raw: unknown, path: string, { role, contract }: Entry): Read<number> {
  if (role === 'tag' && (typeof raw !== 'number' || !Number.isSafeInteger(raw))) {
    const hint = Number.isInteger(raw) ? 'beyond 2^53 - 1, ids cannot be told apart' : undefined;
    return { problem: problem(path, `\`${path}\` is ${describe(raw)}, expected an integer id`, hint) };
  }
  const value = numberOf(raw);
  if (value === undefined) {
    const hint = raw === null ? 'write "NaN", in quotes, if that is meant' : undefined;
    return { problem: problem(path, `\`${path}\` is ${describe(raw)}, expected a number`, hint) };
  }
  if (contract !== undefined && !inDomain(contract.fixed, value))
    return { problem: problem(path, violation(path, value, contract)) };
  return { value };
}

/** A list; of `count` entries, where that is given with the reason for it. */
export function readList(
  raw: unknown,
  path: string,
  expected: string,
  count?: { readonly of: number; readonly because: string },
): Read<readonly unknown[]> {
  if (!Array.isArray(raw))
    return { problem: problem(path, `\`${path}\` is ${describe(raw)}, expected ${expected}`) };
  const entries: readonly unknown[] = raw;
  if (count === undefined || entries.length === count.of) return { value: entries };
  return {
    problem: problem(
      path,
      `\`${path}\` has ${entries.length} entries, expected ${count.of}, ${count.because}`,
    ),
  };
}

function readRow(
  raw: unknown,
  path: string,
  of: Entry,
  mask: readonly number[] | undefined,
  row: number,
): Read<readonly number[]> {
  const because = `as many as \`mask[${row}]\``;
  const list = readList(raw, path, 'a list with one number per token', mask && { of: mask.length, because });
  if ('problem' in list) return list;
  const values: number[] = [];
  for (const [at, entry] of list.value.entries()) {
    if (mask?.[at] === 0) {
      values.push(numberOf(entry) ?? NaN);
      continue;
    }
    const read = readEntry(entry, `${path}[${at}]`, of);
    if ('problem' in read) return read;
    values.push(read.value);
  }
  return { value: values };
}

/**
 * The dense value of one input. Entries at masked positions are passed on as they are, NaN where they are no numbers:
 * they are not looked at, so that whoever reads them by mistake is noticed.
 */
export function readValue(
  raw: unknown,
  name: string,
  level: Level,
  of: Entry,
  shape: Shape,
): Read<DenseValue> {
  if (level === 'batch') return readEntry(raw, name, of);
  const count =
    level === 'group'
      ? { of: shape.groups, because: 'one per group' }
      : { of: shape.rollouts, because: 'one per rollout' };
  const list = readList(raw, name, wanted[level], count);
  if ('problem' in list) return list;
  if (level === 'token') {
    const rows: (readonly number[])[] = [];
    for (const [at, entry] of list.value.entries()) {
      const row = readRow(entry, `${name}[${at}]`, of, shape.mask?.[at], at);
      if ('problem' in row) return row;
      rows.push(row.value);
    }
    return { value: rows };
  }
  const values: number[] = [];
  for (const [at, entry] of list.value.entries()) {
    const path = `${name}[${at}]`;
    if (Array.isArray(entry)) {
      const message = `\`${path}\` is ${describe(entry)}, but \`${name}\` has ${wanted[level]}`;
      return { problem: problem(path, message) };
    }
    const read = readEntry(entry, path, of);
    if ('problem' in read) return read;
    values.push(read.value);
  }
  return { value: values };
}
