/** Batches of a size that is asked for: they keep the contract, and are ragged as far as is asked. */
import { describe, expect, test } from 'vitest';
import { checkBatch } from '../../src/evaluation.js';
import { sizedBatch, type Size, type SizedBatch } from '../../src/vectors.js';
import { OBJECTIVES, objective, programOf } from '../emit/compiled.js';

const SIZE: Size = { rollouts: 12, positions: 10, kept: 0.7 };

function drawn(...args: Parameters<typeof sizedBatch>): SizedBatch {
  const made = sizedBatch(...args);
  if ('problem' in made) throw new Error(made.problem.message);
  return made;
}
const raw = ({ batch: { group, mask, values } }: SizedBatch): Readonly<Record<string, unknown>> => ({
  group,
  ...(mask === undefined ? {} : { mask }),
  ...Object.fromEntries(values),
});
const lengths = ({ batch }: SizedBatch): readonly number[] =>
  (batch.mask ?? []).map((row) => row.reduce((sum, one) => sum + one, 0));
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

test.each(OBJECTIVES)('%s has one, which keeps its contract', (name) => {
  const made = drawn(objective(name), SIZE);
  expect(made.batch.group.length).toBe(12);
  expect(checkBatch(objective(name), raw(made), made.params)).toHaveProperty('notes');
});

test('the same seed gives the same batch, another one another', () => {
  const of = (seed: number): SizedBatch => drawn(objective('grpo'), SIZE, { seed });
  expect(of(3)).toEqual(of(3));
  expect(of(3).batch.values).not.toEqual(of(4).batch.values);
});

describe('lengths', () => {
  test.each([1, 0.9, 0.5, 0.2])('%d of the positions count', (kept) => {
    const made = lengths(drawn(objective('grpo'), { rollouts: 400, positions: 100, kept }));
    expect(mean(made) / 100).toBeCloseTo(kept, 1);
    expect(Math.min(...made)).toBeGreaterThan(0);
    expect(Math.max(...made)).toBeLessThanOrEqual(100);
    expect(new Set(made).size === 1).toBe(kept === 1);
  });
  test('no rollout is empty', () => {
    expect(lengths(drawn(objective('grpo'), { rollouts: 5, positions: 3, kept: 0.01 }))).toEqual([
      1, 1, 1, 1, 1,
    ]);
  });
});

describe('groups', () => {
  const sizes = (made: SizedBatch): readonly number[] => [
    ...made.batch.group
      .reduce((all, id) => all.set(id, (all.get(id) ?? 0) + 1), new Map<number, number>())
      .values(),
  ];
  test.each([
    ['of eight, the last as it comes', 'grpo', undefined, [8, 4]],
    ['as they are asked for', 'grpo', 3, [3, 3, 3, 3]],
    ['as assumptions demand', 'dpo', undefined, [2, 2, 2, 2, 2, 2]],
  ])('%s', (_name, name, groupSize, expected) => {
    expect(sizes(drawn(objective(name), { ...SIZE, ...(groupSize && { groupSize }) }))).toEqual(expected);
  });
});

describe('what is a problem', () => {
  const PAIRS = programOf(
    'objective pairs { model logp : token minimize mean[token in batch](logp) assume count[rollout] == 2 }',
  );
  test.each([
    ['a group of a size that breaks an assumption', PAIRS, { ...SIZE, groupSize: 3 }, {}, /breaks `assume/],
    ['a size that leaves a rest', PAIRS, { ...SIZE, rollouts: 5 }, {}, /breaks `assume/],
    ['a parameter outside its domain', objective('grpo'), SIZE, { eps: 2 }, /`eps` is 2/],
    ['a parameter that is none', objective('grpo'), SIZE, { tau: 1 }, /no parameter `tau`/],
  ])('%s', (_name, program, size, params, message) => {
    expect(sizedBatch(program, size, { params })).toMatchObject({
      problem: { message: expect.stringMatching(message) },
    });
  });
});
