/** Random batches for an objective, as the boundary has them and as tensors. Not a test. */
import * as tf from '@tensorflow/tfjs-core';
import { hullOf } from '../../src/base/domain.js';
import type { DerivedProgram, InputInfo } from '../../src/ir/program.js';
import { randomFrom } from '../property/batches.js';
import type { Batch } from './compiled.js';

export interface RawBatch {
  readonly group: readonly number[];
  readonly mask: readonly (readonly number[])[];
  readonly [name: string]: number | readonly number[] | readonly (readonly number[])[];
}
export interface Shape {
  readonly rollouts: number;
  readonly positions: number;
  /** Groups of equal size whose rollouts stand together; else unequal, scattered, with ids of any sign. */
  readonly regular: boolean;
}

const IDS = [7, -3, 1000, 0];

export function randomBatch(random: () => number, inputs: readonly InputInfo[], shape: Shape): RawBatch {
  const { rollouts, positions, regular } = shape;
  const rows = Array.from({ length: rollouts }, (_, row) => row);
  const group = rows.map((row) =>
    regular ? Math.floor((2 * row) / rollouts) : (IDS[Math.floor(random() * IDS.length)] ?? 0),
  );
  const mask = rows.map((row) =>
    Array.from({ length: positions }, () => (row % 5 === 3 || random() < 0.3 ? 0 : 1)),
  );
  const groups = new Set(group).size;
  const values = inputs.map((input) => {
    const rounded = input.role === 'tag' ? (value: number) => value : Math.fround;
    const draw = (): number => rounded(drawFrom(random, input));
    if (input.level === 'batch') return [input.name, draw()] as const;
    if (input.level !== 'token')
      return [input.name, Array.from({ length: input.level === 'group' ? groups : rollouts }, draw)] as const;
    return [input.name, mask.map((row) => row.map(draw))] as const;
  });
  return { ...Object.fromEntries(values), group, mask };
}

/** Ids that float32 merges, the ends of int32, and small ones. */
const TAGS = [2 ** 24, 2 ** 24 + 1, -(2 ** 31), 2 ** 31 - 1, -3, 0];

function drawFrom(random: () => number, { name, role, level, domain }: InputInfo): number {
  if (role === 'tag' && domain?.kind !== 'set') return TAGS[Math.floor(random() * TAGS.length)] ?? 0;
  if (domain?.kind === 'set') return domain.values[Math.floor(random() * domain.values.length)] ?? 0;
  if (domain !== undefined) {
    const { low, high } = hullOf(domain);
    const [from, to] = [Math.max(low, -3), Math.min(high, 3)];
    const drawn = from + (to - from) * (0.05 + 0.9 * random());
    return domain.integer ? Math.round(drawn) : drawn;
  }
  if (level === 'token') return name.includes('logp') ? -2 * random() : 2 * random() - 1;
  return Math.round(4 * random()) / 2;
}

/** The same values with one that counts replaced. */
export function withOne(
  value: RawBatch[string] | undefined,
  mask: RawBatch['mask'],
  by: number,
): RawBatch[string] {
  if (value === undefined || typeof value === 'number') return by;
  const row = mask.findIndex((one) => one.includes(1));
  const position = mask[row]?.indexOf(1) ?? 0;
  return value.map((one, at) =>
    at !== row
      ? one
      : typeof one === 'number'
        ? by
        : one.map((own, place) => (place === position ? by : own)),
  ) as RawBatch[string];
}

/** What stands at masked positions must not matter: here it is whatever does most harm. */
const GARBAGE = [NaN, Infinity, -Infinity, 1e30, 0];

export function toTensors(raw: RawBatch, inputs: readonly InputInfo[], garbage = true): Batch {
  const values = inputs.map(({ name, role, level }) => {
    const value = raw[name];
    const dtype = role === 'tag' ? 'int32' : 'float32';
    if (level !== 'token') return [name, tf.tensor(value as number[], undefined, dtype)] as const;
    const rows = (value as readonly (readonly number[])[]).map((row, at) =>
      row.map((one, position) =>
        raw.mask[at]?.[position] === 1
          ? one
          : garbage
            ? (GARBAGE[(at + position) % GARBAGE.length] ?? 0)
            : -1,
      ),
    );
    const finite = role === 'tag' ? rows.map((row) => row.map((one) => one | 0)) : rows;
    return [name, tf.tensor2d(finite, undefined, dtype)] as const;
  });
  return {
    ...Object.fromEntries(values),
    group: raw.group,
    mask: tf.tensor2d(raw.mask.map((row) => [...row])),
  };
}

/** Frees the tensors of a batch. */
export const disposeBatch = (batch: Batch): void => {
  tf.dispose(Object.values(batch).filter((one) => one instanceof tf.Tensor));
};

/** For `FAR`: rollouts longer than its shorter distances, with holes, and short ones. */
export function farBatches({ inputs }: DerivedProgram): readonly RawBatch[] {
  const random = randomFrom(5);
  const long = randomBatch(random, inputs, { rollouts: 2, positions: 1400, regular: true });
  const holes = { ...long, mask: long.mask.map((row) => row.map((_, at) => (at % 7 === 3 ? 0 : 1))) };
  return [holes, randomBatch(random, inputs, { rollouts: 8, positions: 5, regular: true })];
}

/** For `OUTLYING`: the first token of one rollout is far from all others, which are equal; the tokens of another are far from 0. */
export const outlyingBatches: readonly RawBatch[] = [0, 1].flatMap((outlying) =>
  [-0.0001, -1e4].map((one) => {
    const logp = [0, 1, 2].map((row) =>
      Array.from({ length: 4096 }, (_, at) => Math.fround(row === outlying && at === 0 ? -20 : one)),
    );
    return { group: [0, 0, 1], mask: logp.map((row) => row.map(() => 1)), logp };
  }),
);
