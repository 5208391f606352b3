/** From the dense batch to ragged index sets and back. */
import { describe, expect, it } from 'vitest';
import type { Declaration, DenseBatch } from '../../src/batch/dense.js';
import { flatten, toRagged, unflatten } from '../../src/batch/layout.js';

const batch: DenseBatch = {
  group: [9, -1, 9, 4],
  mask: [
    [1, 0, 1],
    [0, 0, 0],
    [0, 1, 1],
    [1, 1, 1],
  ],
  values: new Map<string, number | number[] | number[][]>([
    [
      'logp',
      [
        [1, NaN, 2],
        [NaN, NaN, NaN],
        [Infinity, 3, 4],
        [5, 6, 7],
      ],
    ],
    ['reward', [10, 20, 30, 40]],
    ['difficulty', [0.1, 0.2, 0.3]],
    ['step', 8],
  ]),
};
const declarations: readonly Declaration[] = [
  { name: 'logp', level: 'token', role: 'model' },
  { name: 'reward', level: 'rollout', role: 'data' },
  { name: 'difficulty', level: 'group', role: 'data' },
  { name: 'step', level: 'batch', role: 'data' },
];

describe('toRagged', () => {
  it('orders groups by id and tokens by row and position', () => {
    const ragged = toRagged(batch);
    expect(ragged.sizes).toEqual({ batch: 1, group: 3, rollout: 4, token: 7 });
    expect([...ragged.groupOfRollout]).toEqual([2, 0, 2, 1]);
    expect([...ragged.rolloutOfToken]).toEqual([0, 0, 2, 2, 3, 3, 3]);
  });

  it('has no tokens without a mask, and none with rows of width 0', () => {
    expect(toRagged({ group: [0, 0], values: new Map() }).sizes.token).toBe(0);
    expect(toRagged({ group: [0, 0], mask: [[], []], values: new Map() }).sizes).toMatchObject({
      rollout: 2,
      token: 0,
    });
  });
});

describe('flatten', () => {
  it('gives element order per level and never reads a masked position', () => {
    const flat = flatten(batch, declarations);
    expect([...flat].map(([name, values]) => [name, [...values]])).toEqual([
      ['logp', [1, 2, 3, 4, 5, 6, 7]],
      ['reward', [10, 20, 30, 40]],
      ['difficulty', [0.1, 0.2, 0.3]],
      ['step', [8]],
    ]);
  });
});

describe('unflatten', () => {
  it.each<[Declaration['level'], number[], unknown]>([
    [
      'token',
      [1, 2, 3, 4, 5, 6, NaN],
      [
        [1, 0, 2],
        [0, 0, 0],
        [0, 3, 4],
        [5, 6, NaN],
      ],
    ],
    ['rollout', [1, 2, 3, 4], [1, 2, 3, 4]],
    ['group', [1, 2, 3], [1, 2, 3]],
    ['batch', [5], 5],
  ])('puts a value per %s back', (level, values, dense) => {
    expect(unflatten(Float64Array.from(values), level, batch)).toEqual(dense);
  });

  it('is the inverse of flatten, but for masked positions', () => {
    for (const { name, level } of declarations) {
      const flat = flatten(batch, declarations).get(name) ?? [];
      const again = { ...batch, values: new Map([[name, unflatten(flat, level, batch)]]) };
      expect(flatten(again, declarations).get(name)).toEqual(flat);
    }
  });
});
