/** Reads one dense value of known shape out of unchecked JSON, and names the first entry that does not fit. */
import { inDomain, type Domain } from '../base/domain.js';
import type { Level } from '../base/level.js';
import { violation } from './contract.js';
import type { DenseValue, Problem } from './dense.js';
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

/** One number, in its domain if it has one. Without a domain, NaN and the infinities are legal. */
export function readNumber(raw: unknown, path: string, domain: Domain | undefined): Read<number> {
  const value = numberOf(raw);
  if (value === undefined) {
    const hint = raw === null ? 'write "NaN", in quotes, if that is meant' : undefined;
    return { problem: problem(path, `\`${path}\` is ${describe(raw)}, expected a number`, hint) };
  }
  if (domain !== undefined && !inDomain(domain, value))
    return { problem: problem(path, violation(path, value, domain)) };
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
  domain: Domain | undefined,
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
    const read = readNumber(entry, `${path}[${at}]`, domain);
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
  domain: Domain | undefined,
  shape: Shape,
): Read<DenseValue> {
  if (level === 'batch') return readNumber(raw, name, domain);
  const count =
    level === 'group'
      ? { of: shape.groups, because: 'one per group' }
      : { of: shape.rollouts, because: 'one per rollout' };
  const list = readList(raw, name, wanted[level], count);
  if ('problem' in list) return list;
  if (level === 'token') {
    const rows: (readonly number[])[] = [];
    for (const [at, entry] of list.value.entries()) {
      const row = readRow(entry, `${name}[${at}]`, domain, shape.mask?.[at], at);
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
    const read = readNumber(entry, path, domain);
    if ('problem' in read) return read;
    values.push(read.value);
  }
  return { value: values };
}
