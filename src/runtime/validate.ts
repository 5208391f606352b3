/** Holds a batch and its parameters to what an objective declares, and names the first thing wrong. */
import * as tf from '@tensorflow/tfjs-core';
import { BatchError } from './batch-error.js';
import { isList } from './plain/arrays.js';
import type { Domain, DomainBound, FixedDomain, InputSpec, ParamSpec } from './specs.js';

const SHAPES = { token: '[B, T]', rollout: '[B]', group: '[P]', batch: '[]' } as const;

const isTensor = (value: unknown): value is tf.Tensor => value instanceof tf.Tensor;
/** An own member of what a caller has given. */
export const memberOf = (record: object, name: string): unknown =>
  Object.hasOwn(record, name) ? (record as Readonly<Record<string, unknown>>)[name] : undefined;

function inDomain(domain: FixedDomain, value: number): boolean {
  // A value of float32 is held to a member of a set, and to a closed end, as float32 has it.
  if (domain.kind === 'set')
    return domain.values.some((member) => member === value || Math.fround(member) === value);
  const { low, high, lowOpen, highOpen } = domain.interval;
  const atEnd = (!lowOpen && value === Math.fround(low)) || (!highOpen && value === Math.fround(high));
  const inside =
    atEnd || ((lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high));
  return inside && (!domain.integer || Number.isInteger(value));
}

const numberText = (value: number): string =>
  value === Infinity ? 'inf' : value === -Infinity ? '-inf' : String(value);

/** The values of the parameters that are known so far. */
export type Values = ReadonlyMap<string, number>;

/** The domain for these values of the parameters that it names, which come before it. */
function fixed(domain: Domain, values: Values): FixedDomain {
  if (domain.kind !== 'dependent') return domain;
  const end = (bound: DomainBound): number => {
    if (typeof bound === 'number') return bound;
    const value = values.get(bound.param) ?? NaN;
    return bound.negative ? 0 - value : value;
  };
  const { integer, low, high, lowOpen, highOpen } = domain;
  return { kind: 'interval', integer, interval: { low: end(low), high: end(high), lowOpen, highOpen } };
}

/** What is expected; of an interval whose ends are parameters, as it is declared and as it is now. */
function domainText(domain: Domain, values: Values): string {
  const own = fixed(domain, values);
  if (own.kind === 'set') return `a value in {${own.values.map(numberText).join(', ')}}`;
  const now = intervalText(own.interval);
  const interval = domain.kind === 'dependent' ? `${intervalText(domain)} = ${now}` : now;
  return `${own.integer ? 'an integer' : 'a value'} in ${interval}`;
}

interface Ends {
  readonly low: DomainBound;
  readonly high: DomainBound;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}
const boundText = (bound: DomainBound): string =>
  typeof bound === 'number' ? numberText(bound) : `${bound.negative ? '-' : ''}${bound.param}`;
const intervalText = ({ low, high, lowOpen, highOpen }: Ends): string =>
  `${lowOpen ? '(' : '['}${boundText(low)}, ${boundText(high)}${highOpen ? ')' : ']'}`;

/** Throws a `BatchError` for a parameter that is given and no number; `checkParams` looks at more. */
export function demandNumbers(specs: readonly ParamSpec[], params: object): void {
  for (const { name } of specs) {
    const value = memberOf(params, name);
    if (value !== undefined && typeof value !== 'number')
      throw new BatchError(
        name,
        `parameter \`${name}\` is ${value === null ? 'null' : `of type ${typeof value}`}, expected a number`,
      );
  }
}

/** The value of each parameter; throws for one that is missing, unknown, or outside its domain. */
export function checkParams(specs: readonly ParamSpec[], params: object): Values {
  const values = new Map<string, number>();
  for (const name of Object.keys(params)) {
    if (!specs.some((spec) => spec.name === name))
      throw new BatchError(name, `the objective has no parameter \`${name}\``);
  }
  for (const spec of specs) {
    const value = memberOf(params, spec.name) ?? spec.default;
    if (value === undefined)
      throw new BatchError(spec.name, `parameter \`${spec.name}\` has no default and was not given`);
    if (typeof value !== 'number' || !inDomain(fixed(spec.domain, values), value)) {
      const isGiven = memberOf(params, spec.name) !== undefined;
      throw new BatchError(
        spec.name,
        `${isGiven ? '' : 'the default of '}\`${spec.name}\` is ${String(value)}, expected ${domainText(spec.domain, values)}`,
      );
    }
    values.set(spec.name, value);
  }
  return values;
}

interface Sizes {
  readonly rollouts: number;
  readonly groups: number;
  readonly positions: number | undefined;
}

/**
 * Checks, in this order: parameters, `group`, `mask`, then each input in order of declaration, its shape before its
 * values. Values at masked positions are not looked at. Rejects with a `BatchError` that names the first thing wrong.
 */
export async function checkBatch(
  inputs: readonly InputSpec[],
  parameters: readonly ParamSpec[],
  batch: object,
  params: object,
): Promise<void> {
  const values = checkParams(parameters, params);
  const sizes = checkGroup(memberOf(batch, 'group'));
  const mask = memberOf(batch, 'mask');
  const needsMask = inputs.some(({ level }) => level === 'token');
  if (mask === undefined && needsMask)
    throw new BatchError('mask', '`mask` is missing: a tensor [B, T], 1 where a token counts');
  const counts = mask === undefined ? undefined : await checkMask(mask, sizes.rollouts);
  const positions = isTensor(mask) ? (mask.shape[1] ?? 0) : undefined;
  for (const spec of inputs)
    await checkInput(spec, memberOf(batch, spec.name), { ...sizes, positions }, counts, values);
}

/** The number of rollouts and groups of a list of ids. */
export function checkGroup(group: unknown): { readonly rollouts: number; readonly groups: number } {
  if (!isList(group))
    throw new BatchError('group', '`group` is missing or no array: one integer id per rollout, on the host');
  const ids: readonly number[] = Array.from(group);
  if (ids.length === 0) throw new BatchError('group', 'the batch has no rollout, expected one at least');
  const stray = ids.findIndex((id) => !Number.isSafeInteger(id));
  if (stray >= 0)
    throw new BatchError(
      `group[${stray}]`,
      `\`group[${stray}]\` is ${String(ids[stray])}, expected an integer id`,
    );
  return { rollouts: ids.length, groups: new Set(ids).size };
}

async function checkMask(mask: unknown, rollouts: number): Promise<ArrayLike<number>> {
  if (!isTensor(mask)) throw new BatchError('mask', '`mask` is no tensor, expected one of shape [B, T]');
  const [rows, positions] = mask.shape;
  if (mask.rank !== 2 || rows !== rollouts || positions === 0)
    throw new BatchError(
      'mask',
      `\`mask\` has shape [${mask.shape.join(', ')}], expected [${rollouts}, T]: one row per entry of \`group\``,
    );
  const values = await mask.data();
  const stray = values.findIndex((value) => value !== 0 && value !== 1);
  if (stray < 0) return values;
  const path = pathTo('mask', 'token', stray, positions ?? 1);
  throw new BatchError(path, `\`${path}\` is ${String(values[stray])}, expected 0 or 1`);
}

async function checkInput(
  { name, level, role, domain }: InputSpec,
  value: unknown,
  { rollouts, groups, positions }: Sizes,
  counts: ArrayLike<number> | undefined,
  params: Values,
): Promise<void> {
  if (value === undefined)
    throw new BatchError(name, `\`${name}\` is missing: a tensor of shape ${SHAPES[level]}`);
  if (!isTensor(value))
    throw new BatchError(name, `\`${name}\` is no tensor, expected one of shape ${SHAPES[level]}`);
  const expected = { token: [rollouts, positions ?? 0], rollout: [rollouts], group: [groups], batch: [] }[
    level
  ];
  if (value.shape.length !== expected.length || value.shape.some((size, at) => size !== expected[at]))
    throw new BatchError(
      name,
      `\`${name}\` has shape [${value.shape.join(', ')}], expected [${expected.join(', ')}]`,
    );
  const dtype = role === 'tag' ? 'int32' : 'float32';
  if (value.dtype !== dtype)
    throw new BatchError(name, `\`${name}\` holds ${value.dtype}, expected ${dtype}`);
  if (domain === undefined) return;
  checkValues({ name, role, level, domain }, await value.data(), positions ?? 1, counts, params);
}

/** Holds values to the domain of their input, where they count. */
export function checkValues(
  { name, level, domain }: InputSpec,
  values: ArrayLike<number>,
  positions: number,
  counts: ArrayLike<number> | undefined,
  params: Values,
): void {
  if (domain === undefined) return;
  const own = fixed(domain, params);
  const stray = Array.prototype.findIndex.call(
    values,
    (one: number, at: number) => (level !== 'token' || counts?.[at] === 1) && !inDomain(own, one),
  );
  if (stray < 0) return;
  const path = pathTo(name, level, stray, positions);
  throw new BatchError(
    path,
    `\`${path}\` is ${numberText(values[stray] ?? NaN)}, expected ${domainText(domain, params)}`,
  );
}

/** `logp[3][17]`: an element as the caller writes it. */
export function pathTo(name: string, level: InputSpec['level'], at: number, positions: number): string {
  if (level === 'batch') return name;
  return level === 'token' ? `${name}[${Math.floor(at / positions)}][${at % positions}]` : `${name}[${at}]`;
}
