/** Results and test vectors out of unchecked JSON; the first thing that is none of them is the problem. */
import { problem, type Problem } from '../batch/dense.js';
import { describe, numberOf } from '../batch/number.js';
import type { Case, Params, Result, Tree } from '../vectors/vector.js';
import type { Found } from './compare.js';

type Read<Value> = { readonly value: Value } | { readonly problem: Problem };
type Raw = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const wrong = (path: string, value: unknown, expected: string): { readonly problem: Problem } => ({
  problem: problem(path, `\`${path}\` is ${describe(value)}, expected ${expected}`),
});

/** Numbers in lists and by name; NaN and the infinities are strings. */
export function readTree(raw: unknown, path: string): Read<Tree> {
  const value = numberOf(raw);
  if (value !== undefined) return { value };
  if (Array.isArray(raw)) {
    const trees: Tree[] = [];
    for (const [at, one] of (raw as readonly unknown[]).entries()) {
      const read = readTree(one, `${path}[${at}]`);
      if ('problem' in read) return read;
      trees.push(read.value);
    }
    return { value: trees };
  }
  if (!isRecord(raw)) return wrong(path, raw, 'a number, "NaN", "inf" or "-inf", a list or an object');
  return readMembers(raw, path);
}

function readMembers(raw: Raw, path: string): Read<Readonly<Record<string, Tree>>> {
  const members: Record<string, Tree> = {};
  for (const [name, one] of Object.entries(raw)) {
    const read = readTree(one, `${path}.${name}`);
    if ('problem' in read) return read;
    members[name] = read.value;
  }
  return { value: members };
}

const PARTS = ['loss', 'grad', 'metrics'] as const;

/** One result, as `eval` writes it: other members than these three are passed over. */
function readFound(raw: unknown, path: string): Read<Found> {
  if (!isRecord(raw)) return wrong(path, raw, 'an object with `loss` and `grad`');
  const found: { -readonly [part in keyof Found]: Found[part] } = {};
  for (const part of PARTS) {
    if (!Object.hasOwn(raw, part)) continue;
    const read = readTree(raw[part], `${path}.${part}`);
    if ('problem' in read) return read;
    found[part] = read.value;
  }
  return { value: found };
}

/** Results by name of vector. */
export function readResults(raw: Raw): Read<ReadonlyMap<string, Found>> {
  const results = new Map<string, Found>();
  for (const [name, one] of Object.entries(raw)) {
    const read = readFound(one, name);
    if ('problem' in read) return read;
    results.set(name, read.value);
  }
  return { value: results };
}

/** A vector that was written before: its case, and the numbers that were expected then. */
export interface Stored {
  readonly fingerprint: string;
  readonly case: Case;
  readonly expected: Result;
}

/** A vector as `vectors` writes it; `path` is what problems call it. */
export function readStored(raw: unknown, path: string): Read<Stored> {
  if (!isRecord(raw)) return wrong(path, raw, 'a test vector');
  const texts: Record<string, string> = {};
  for (const key of ['name', 'family', 'description', 'fingerprint']) {
    const value = raw[key];
    if (typeof value !== 'string') return wrong(`${path}.${key}`, value, 'a text');
    texts[key] = value;
  }
  const trees: Record<string, Tree> = {};
  for (const key of ['batch', 'params', 'loss', 'grad']) {
    const read = readTree(raw[key], `${path}.${key}`);
    if ('problem' in read) return read;
    trees[key] = read.value;
  }
  const { name = '', family = '', description = '', fingerprint = '' } = texts;
  const { batch = {}, params = {}, loss = 0, grad = 0 } = trees;
  const sameAs = raw['same_as'];
  return {
    value: {
      fingerprint,
      // What a batch must hold is checked when it is evaluated.
      case: {
        name,
        family,
        description,
        batch: batch as Case['batch'],
        params: params as Params,
        ...(typeof sameAs === 'string' ? { sameAs } : {}),
      },
      expected: { loss, grad },
    },
  };
}
