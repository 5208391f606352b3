/** Reductions over the other rollouts of a group: values and derivatives by hand, and what is never read. */
import { describe, expect, test } from 'vitest';
import { differentiate } from '../../src/grad/differentiate.js';
import { input } from '../../src/ir/build.js';
import { letValue, lossOf, lowered, numbers, onlyLoss, type Batch } from './lowered.js';

/** Groups of three, two and one; the rows of the first two are mixed. */
const GROUP = [1, 0, 1, 1, 0, 2];
const Z = [1, 5, 2, 4, 7, 9];
const C = [1, 2, 3, 4, 5, 6];
const batch = (z: readonly number[] = Z, more: Readonly<Record<string, readonly number[]>> = {}): Batch => ({
  group: GROUP.slice(0, z.length),
  lengths: z.map(() => 1),
  inputs: { z, c: C.slice(0, z.length), ...more },
});
const program = (...items: readonly string[]): string =>
  ['objective example {', '  model z : rollout', '  data c : rollout', ...items, '}', ''].join('\n');
const value = (expression: string, at: Batch = batch(), ...items: readonly string[]): readonly number[] =>
  letValue(lowered(program(...items, 'minimize sum[rollout in batch](z)', `let v = ${expression}`)), 'v', at);
const number = (condition: string): string => `if ${condition} then 1 else 0`;
const lse = (...xs: readonly number[]): number => Math.log(xs.reduce((total, x) => total + Math.exp(x), 0));

test.each([
  ['sum[others](z)', [6, 7, 5, 3, 5, 0]],
  ['mean[others](z)', [3, 7, 2.5, 1.5, 5, 0]],
  ['count[others]', [2, 1, 2, 2, 1, 0]],
  ['count[others where z > 1]', [2, 1, 1, 1, 1, 0]],
  ['max[others](z, anchor: -inf)', [4, 7, 4, 2, 5, -Infinity]],
  ['max[others](z, anchor: 3)', [4, 7, 4, 3, 5, 3]],
  ['max[others](z, anchor: c)', [4, 7, 4, 4, 5, 6]],
  ['min[others](z, anchor: inf)', [2, 7, 1, 1, 5, Infinity]],
  ['var[others](z)', [2, 0, 4.5, 0.5, 0, 0]],
  ['std[others](z)', [Math.SQRT2, 0, 3 / Math.SQRT2, Math.SQRT1_2, 0, 0]],
  ['pvar[others](z)', [1, 0, 2.25, 0.25, 0, 0]],
  ['pstd[others](z)', [1, 0, 1.5, 0.5, 0, 0]],
  ['logsumexp[others](z, anchor: 0)', [lse(0, 2, 4), lse(0, 7), lse(0, 1, 4), lse(0, 1, 2), lse(0, 5), 0]],
  ['logsumexp[others](z, anchor: -inf)', [lse(2, 4), 7, lse(1, 4), lse(1, 2), 5, -Infinity]],
  [number('any[others](z > 3)'), [1, 1, 1, 0, 1, 0]],
  [number('all[others](z > 3)'), [0, 1, 0, 0, 1, 1]],
  ['mean[others where z > 1](z)', [3, 7, 4, 2, 5, 0]],
  ['mean[others where c == 3](z)', [2, 0, 0, 2, 0, 0]],
  ['sum[others](max[rollout](z))', [8, 7, 8, 8, 7, 0]],
  ['sum[others where max[rollout](z) < 7](z)', [6, 0, 5, 3, 0, 0]],
  ['sum[others](2)', [4, 2, 4, 4, 2, 0]],
  ['sum[others](z - mean[others](z))', [-0.5 + 2.5, 2, -2 + 2.5, -2 - 0.5, -2, 0]],
  ['z - mean[others](z)', [-2, -2, -0.5, 2.5, 2, 9]],
  ['max[others](mean[others](z), anchor: -inf)', [2.5, 5, 3, 3, 7, -Infinity]],
])('%s is %j', (expression, expected) => {
  const found = value(expression);
  expected.forEach((one, at) => {
    if (Number.isFinite(one)) expect(found[at]).toBeCloseTo(one, 12);
    else expect(found[at]).toBe(one);
  });
  expect(found).toHaveLength(expected.length);
});

/** The gradient of Σ c · expression. */
const slopes = (expression: string, at: Batch = batch()): readonly number[] => {
  const { loss } = onlyLoss(lowered(program(`minimize sum[rollout in batch](c * (${expression}))`)));
  const variable = input('model', 'z', 'rollout');
  const [derivative = loss] = differentiate(loss, [variable]);
  return numbers([derivative], at)[0] ?? [];
};

const share = (x: number, ...all: readonly number[]): number => Math.exp(x - lse(...all));
test.each([
  ['sum[others](z)', [7, 5, 5, 4, 2, 0]],
  ['mean[others](z)', [3.5, 5, 2.5, 2, 2, 0]],
  ['z - mean[others](z)', [-2.5, -3, 0.5, 2, 3, 6]],
  ['count[others where z > 1] * z', [2, 2, 3, 4, 5, 0]],
  ['max[others](z, anchor: -inf)', [0, 5, 4, 4, 2, 0]],
  ['max[others](z, anchor: 3)', [0, 5, 0, 4, 2, 0]],
  ['max[others](z, anchor: z)', [0, 0, 0, 8, 7, 6]],
  ['min[others](z, anchor: inf)', [7, 5, 1, 0, 2, 0]],
  ['mean[others where c > 1](z)', [0, 5, 0.5 + 4, 0.5 + 3, 2, 0]],
  ['pvar[others](z)', [-4.5 - 2, 0, -1 + 2, 1 + 4.5, 0, 0]],
  [
    'logsumexp[others](z, anchor: 0)',
    [
      3 * share(1, 0, 1, 4) + 4 * share(1, 0, 1, 2),
      5 * share(5, 0, 5),
      share(2, 0, 2, 4) + 4 * share(2, 0, 1, 2),
      share(4, 0, 2, 4) + 3 * share(4, 0, 1, 4),
      2 * share(7, 0, 7),
      0,
    ],
  ],
])('the slopes of %s are %j', (expression, expected) => {
  const found = slopes(expression);
  expected.forEach((one, at) => expect(found[at]).toBeCloseTo(one, 12));
});

describe('order', () => {
  const equal = (z: readonly number[]): Batch => ({ ...batch(z), group: z.map(() => 0) });
  test('the first of the others that tie takes the derivative, and the anchor comes last', () => {
    expect(slopes('max[others](z, anchor: 2)', equal([2, 2, 2]))).toEqual([2 + 3, 1, 0]);
    expect(slopes('min[others](z, anchor: 2)', equal([2, 2, 2]))).toEqual([2 + 3, 1, 0]);
  });
  test('equal values have their own mean, exactly, and deviate by 0', () => {
    const z = [0.1, 0.1, 0.1, 0.1];
    expect(value('mean[others](z)', equal(z))).toEqual(z);
    expect(value('std[others](z)', equal(z))).toEqual([0, 0, 0, 0]);
    expect(slopes('std[others](z)', equal(z))).toEqual([0, 0, 0, 0]);
  });
});

describe('what is left out is not read', () => {
  test.each(['sum', 'mean', 'std', 'var', 'pstd', 'pvar'])(
    '%s: an own NaN reaches the others only',
    (name) => {
      const found = value(`${name}[others](z)`, batch([NaN, 5, 2, 4, 7, 9]));
      expect(found.map(Number.isNaN)).toEqual([false, false, true, true, false, false]);
    },
  );
  test.each(['max', 'min', 'logsumexp'])('%s: likewise', (name) => {
    const found = value(`${name}[others](z, anchor: 0)`, batch([NaN, 5, 2, 4, 7, 9]));
    expect(found.map(Number.isNaN)).toEqual([false, false, true, true, false, false]);
  });
  test('by a condition, in value and derivative', () => {
    const at = batch([1000, 5, 2, 4, 7, 9]);
    const expression = 'sum[others where c > 1](exp(z))';
    expect(value(expression, at).every(Number.isFinite)).toBe(true);
    expect(slopes(expression, at)[0]).toBe(0);
    expect(slopes(expression, batch([NaN, 5, 2, 4, 7, 9]))[0]).toBe(0);
  });
  test('the value of a rollout without others, whose derivative is none', () => {
    const lonely = batch([1, 5, 2, 4, 7, 0]);
    expect(slopes('mean[others](log(z))', lonely)[5]).toBe(0);
    expect(slopes('sum[others](1 / z)', lonely)[5]).toBe(0);
  });
  test('an infinity of the other is, and is no factor elsewhere', () => {
    const at = batch([1, Infinity, 2, 4, 7, 9]);
    expect(value('mean[others](z)', at)).toEqual([3, 7, 2.5, 1.5, Infinity, 0]);
    expect(slopes('if sum[others](z) < 100 then sum[others](z) else 0', at)).toEqual([7, 0, 5, 4, 2, 0]);
  });
});

describe('grad', () => {
  test.each([
    'logsumexp[others](z, anchor: 0)',
    'logsumexp[others where c > 2](z, anchor: mean[rollout](z))',
    'std[others](z)',
    'var[others](z * z)',
    'max[others](z * z * z, anchor: 0)',
    'mean[others](z) * exp(-z / 5)',
    'square(mean[others where z > 1.5](z * c))',
    'mean[rollout](z) * sum[others](z * mean[rollout](z))',
    'sum[others](square(sum[others](square(z))) * 1e-3)',
  ])('of the weight of %s agrees with finite differences', (expression) => {
    const written = lowered(
      program(
        `minimize sum[rollout in batch](${expression})`,
        `let w = grad(${expression}, z)`,
        'let h = grad(c * w, z)',
        'let k = grad(z * h, z)',
      ),
    );
    const sum = (name: string, weights: readonly number[], z: readonly number[]): number =>
      letValue(written, name, batch(z)).reduce((total, one, at) => total + (weights[at] ?? 0) * one, 0);
    const near = (name: string, f: (z: readonly number[]) => number): void => {
      const found = letValue(written, name, batch());
      Z.forEach((own, at) => {
        const expected = (f(Z.with(at, own + 1e-5)) - f(Z.with(at, own - 1e-5))) / 2e-5;
        expect(Math.abs((found[at] ?? NaN) - expected)).toBeLessThan(1e-5 * (1 + Math.abs(expected)));
      });
    };
    near('w', (z) => lossOf(written, batch(z)));
    near('h', (z) => sum('w', C, z));
    near('k', (z) => sum('h', z, z));
  });
});
