/** Scans, shifts and quantiles of the runtime on every backend, against their definitions: holes, edges, long rows. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { constant, input, reduce, scan as scanned, shift as shifted } from '../../src/ir/build.js';
import { evaluate } from '../../src/ir/eval.js';
import { nameable } from '../../src/base/level.js';
import type { Expr } from '../../src/ir/expr.js';
import { flatten, toRagged, unflatten } from '../../src/batch/layout.js';
import { prepare, quantile, scan, shift, within, type Layout } from '../../src/runtime/index.js';
import { openOrSkip, requestedBackends } from '../backends/backend.js';
import { randomFrom } from '../property/batches.js';

const GARBAGE = [NaN, Infinity, -Infinity, 1e30];
const EDGES = [0, -0, 1, -1, NaN, Infinity, -Infinity];
const X = input('data', 'x', 'token');
const G = input('data', 'g', 'rollout');

interface Dense {
  readonly group: readonly number[];
  readonly mask: readonly (readonly number[])[];
  readonly x: readonly (readonly number[])[];
  readonly g: readonly number[];
}

/** Rows with holes anywhere, among them one without a token, and garbage where no token stands. */
function draw(
  seed: number,
  shape: readonly [number, number],
  value: (random: () => number) => number,
): Dense {
  const random = randomFrom(seed);
  const [rollouts, positions] = shape;
  const rows = Array.from({ length: rollouts }, (_, row) => row);
  const mask = rows.map((row) =>
    Array.from({ length: positions }, () => (row % 4 === 2 || random() < 0.35 ? 0 : 1)),
  );
  return {
    group: rows.map((row) => (row * 7) % 3),
    mask,
    x: mask.map((row, at) =>
      row.map((one, place) => (one === 1 ? Math.fround(value(random)) : (GARBAGE[(at + place) % 4] ?? 0))),
    ),
    g: rows.map(() => Math.fround(1.4 * random() - 0.2)),
  };
}

/** What an expression is at every position, by the reference; 0 where no token stands. */
function expected(expr: Expr, { group, mask, x, g }: Dense): unknown {
  const batch = {
    group,
    mask,
    values: new Map<string, Dense['x'] | Dense['g']>([
      ['x', x],
      ['g', g],
    ]),
  };
  const declared = [
    { name: 'x', level: 'token', role: 'data' },
    { name: 'g', level: 'rollout', role: 'data' },
  ] as const;
  const [values] = evaluate([expr], toRagged(batch), { params: new Map(), inputs: flatten(batch, declared) });
  return unflatten(values ?? [], nameable(expr.type.level), batch);
}

const flat = (values: unknown): readonly number[] => [values].flat(3) as number[];

/** Equal up to rounding, relative to the size of what was added up. */
function agree(actual: readonly number[], wanted: readonly number[], scale: number): void {
  expect(actual).toHaveLength(wanted.length);
  wanted.forEach((value, at) => {
    const got = actual[at] ?? NaN;
    const same = Number.isFinite(value)
      ? Math.abs(got - value) <= 3e-6 * (Math.abs(value) + scale)
      : Object.is(got, value);
    if (!same) expect.fail(`at ${at}: ${got}, expected ${value}`);
  });
}

async function onTokens(layout: Layout, tensor: tf.Tensor): Promise<readonly number[]> {
  const clean = tf.where(layout.mask, tensor, tf.zerosLike(tensor));
  const values = Array.from(await clean.data());
  tf.dispose([tensor, clean]);
  return values;
}

const SHAPES = [
  [1, 1],
  [3, 1],
  [9, 2],
  [9, 13],
] as const;
const ORDINARY = (random: () => number): number => 4 * random() - 2;
const HOSTILE = (random: () => number): number =>
  random() < 0.7 ? ORDINARY(random) : (EDGES[Math.floor(random() * EDGES.length)] ?? 0);

async function opened(backend: Parameters<typeof openOrSkip>[0]): Promise<void> {
  await openOrSkip(backend, { skip: (why: string) => expect.fail(why) } as never);
  if (backend === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false);
}

const DIRECTIONS = ['forward', 'backward'] as const;
const DRAWS = [ORDINARY, HOSTILE] as const;

describe.each(requestedBackends())('%s', (backend) => {
  test.each(SHAPES)('sums along %d rollouts of %d positions', async (...shape) => {
    await opened(backend);
    for (const [seed, value] of DRAWS.entries()) {
      const dense = draw(seed + 1, shape, value);
      const [x, mask] = [
        tf.tensor2d(dense.x.map((row) => [...row])),
        tf.tensor2d(dense.mask.map((row) => [...row])),
      ];
      const layout = prepare({ group: dense.group, mask });
      const own = tf.tensor2d(dense.g.map((one) => [one]));
      for (const direction of DIRECTIONS) {
        agree(
          await onTokens(layout, scan(layout, direction, x)),
          flat(expected(scanned(direction, X), dense)),
          4,
        );
        agree(
          await onTokens(layout, scan(layout, direction, x, own)),
          flat(expected(scanned(direction, X, G), dense)),
          8,
        );
        for (const gamma of ['0', '1', '0.97', '1.5', '-0.5'])
          agree(
            await onTokens(layout, scan(layout, direction, x, Number(gamma))),
            flat(expected(scanned(direction, X, constant(gamma)), dense)),
            20,
          );
      }
      tf.dispose([x, mask, own]);
      layout.dispose();
    }
  });

  test.each(SHAPES)('shifts along %d rollouts of %d positions', async (...shape) => {
    await opened(backend);
    const dense = draw(5, shape, HOSTILE);
    const [x, mask] = [
      tf.tensor2d(dense.x.map((row) => [...row])),
      tf.tensor2d(dense.mask.map((row) => [...row])),
    ];
    const layout = prepare({ group: dense.group, mask });
    const fill = tf.fill(mask.shape, 3);
    const isPositive = tf.greater(x, 0);
    for (const by of [-40, -2, -1, 0, 1, 3, 2 ** 30]) {
      const wanted = flat(expected(shifted(by, X, constant(3)), dense));
      expect(await onTokens(layout, shift(layout, x, by, fill))).toEqual(wanted.map((value) => value));
      const there = await onTokens(layout, tf.cast(within(layout, by), 'float32'));
      const one = flat(expected(shifted(by, constant(1), constant(0)), dense));
      expect(there).toEqual(one);
      const moved = shift(layout, isPositive, by);
      expect(moved.dtype).toBe('bool');
      const conditions = await onTokens(layout, tf.cast(moved, 'float32'));
      moved.dispose();
      expect(conditions).toEqual(wanted.map((value, at) => (value > 0 && one[at] === 1 ? 1 : 0)));
    }
    tf.dispose([x, mask, fill, isPositive]);
    layout.dispose();
  });

  test('long rows: powers that float32 cannot hold meet no zero', async () => {
    await opened(backend);
    const positions = 300;
    const row = Array.from({ length: positions }, (_, at) => (at === 200 ? 1e-30 : 0));
    const dense: Dense = {
      group: [0, 0],
      mask: [row.map((_, at) => (at % 10 === 3 ? 0 : 1)), row.map(() => 1)],
      x: [row.map((one, at) => (at % 10 === 3 ? NaN : one)), row.map((_, at) => (at === 299 ? Infinity : 0))],
      g: [2, 0.25],
    };
    const [x, mask] = [
      tf.tensor2d(dense.x.map((one) => [...one])),
      tf.tensor2d(dense.mask.map((one) => [...one])),
    ];
    const layout = prepare({ group: dense.group, mask });
    const own = tf.tensor2d([[2], [0.25]]);
    // Too large for float32, and too small, is infinite and 0 there.
    const single = (values: unknown): readonly number[] => flat(values).map((value) => Math.fround(value));
    for (const direction of DIRECTIONS) {
      agree(
        await onTokens(layout, scan(layout, direction, x, own)),
        single(expected(scanned(direction, X, G), dense)),
        1e-30,
      );
      for (const gamma of ['2', '0.25', '-3'])
        agree(
          await onTokens(layout, scan(layout, direction, x, Number(gamma))),
          single(expected(scanned(direction, X, constant(gamma)), dense)),
          1e-30,
        );
    }
    tf.dispose([x, mask, own]);
    layout.dispose();
  });

  const SETS = ['token in rollout', 'token in group', 'token in batch'] as const;
  test.each(SETS)('quantiles of every %s', async (set) => {
    await opened(backend);
    const [from, to] = set.split(' in ') as ['token', 'rollout' | 'group' | 'batch'];
    for (const [seed, value] of [
      ORDINARY,
      HOSTILE,
      (random: () => number) => Math.round(ORDINARY(random)),
    ].entries()) {
      for (const shape of SHAPES) {
        const dense = draw(seed + 11, shape, value);
        const [x, mask] = [
          tf.tensor2d(dense.x.map((row) => [...row])),
          tf.tensor2d(dense.mask.map((row) => [...row])),
        ];
        const layout = prepare({ group: dense.group, mask });
        for (const q of ['0', '0.5', '0.9', '1']) {
          const wanted = flat(expected(reduce('quantile', { from, to }, X, constant(q)), dense));
          const size = to === 'rollout' ? dense.group.length : new Set(dense.group).size;
          const shape = to === 'batch' ? [] : [size, 1];
          for (const own of [Number(q), tf.fill(shape, Number(q))]) {
            const result = quantile(layout, set, x, undefined, own);
            expect(result.shape).toEqual(shape);
            agree(Array.from(await result.data()), wanted, 1);
            tf.dispose([result, own]);
          }
        }
        for (const q of [-0.01, 1.01, NaN]) {
          const wanted = flat(expected(reduce('quantile', { from, to }, X, constant(2)), dense));
          const result = quantile(layout, set, x, undefined, q);
          expect(Array.from(await result.data())).toEqual(wanted);
          result.dispose();
        }
        tf.dispose([x, mask]);
        layout.dispose();
      }
    }
  });

  test('leave no tensor behind', async () => {
    await opened(backend);
    const dense = draw(3, [6, 7], ORDINARY);
    const [x, mask] = [
      tf.tensor2d(dense.x.map((row) => [...row])),
      tf.tensor2d(dense.mask.map((row) => [...row])),
    ];
    const before = tf.memory().numTensors;
    const layout = prepare({ group: dense.group, mask });
    const step = (): void => {
      const own = tf.ones([6, 1]);
      const made = [
        scan(layout, 'forward', x),
        scan(layout, 'backward', x, 0.9),
        scan(layout, 'forward', x, own),
      ];
      made.push(shift(layout, x, 2, layout.zeros), quantile(layout, 'token in group', x, undefined, 0.5));
      tf.dispose([made, own]);
    };
    step();
    const kept = tf.memory().numTensors;
    for (let at = 0; at < 5; at += 1) step();
    expect(tf.memory().numTensors).toBe(kept);
    layout.dispose();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([x, mask]);
  });
});
