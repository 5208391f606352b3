/** Elementary functions: their enclosures hold the exact value, and are as narrow as their docstrings say. */
import { describe, expect, test } from 'vitest';
import { expAt, expm1At, sigmoidAt, tanhAt, type Bounds } from '../../../src/verify/interval/exp.js';
import { LN2_HIGH, LN2_LOW, PI_DOWN, PI_UP } from '../../../src/verify/interval/constants.js';
import { log1pAt, logAt, softplusAt } from '../../../src/verify/interval/log.js';
import { above } from '../../../src/verify/interval/rounding.js';
import { randomFrom } from '../../property/batches.js';
import { Exact, exact, ulpOf } from './exact.js';

interface Case {
  readonly name: string;
  readonly at: (x: number) => Bounds;
  readonly exactly: (x: Exact) => Exact;
  readonly from: number;
  readonly to: number;
  /** In ulps, where the value is normal. */
  readonly widest: number;
}
const one = exact(1);
const expm1 = (x: Exact): Exact => (x.abs().lt(1e-20) ? x.plus(x.times(x).div(2)) : x.exp().minus(1));
const log1p = (x: Exact): Exact => (x.abs().lt(1e-20) ? x.minus(x.times(x).div(2)) : x.plus(1).ln());
const CASES: readonly Case[] = [
  { name: 'exp', at: expAt, exactly: (x) => x.exp(), from: -760, to: 709.7, widest: 3 },
  { name: 'expm1', at: expm1At, exactly: expm1, from: -60, to: 709.7, widest: 8 },
  { name: 'log', at: logAt, exactly: (x) => x.ln(), from: Number.MIN_VALUE, to: Number.MAX_VALUE, widest: 3 },
  { name: 'log1p', at: log1pAt, exactly: log1p, from: -1 + 2 ** -53, to: Number.MAX_VALUE, widest: 6 },
  {
    name: 'sigmoid',
    at: sigmoidAt,
    exactly: (x) => one.div(x.neg().exp().plus(1)),
    from: -760,
    to: 1e308,
    widest: 6,
  },
  {
    name: 'softplus',
    at: softplusAt,
    exactly: (x) => (x.gt(0) ? x.plus(log1p(x.neg().exp())) : log1p(x.exp())),
    from: -760,
    to: 1e308,
    widest: 6,
  },
  {
    name: 'tanh',
    at: tanhAt,
    exactly: (x) => {
      const twice = expm1(x.abs().times(2));
      return x.abs().gt(200) ? exact(x.s) : twice.div(twice.plus(2)).times(x.s);
    },
    from: -1e308,
    to: 1e308,
    widest: 8,
  },
];

/** Doubles of every size, and around the places where the way of computing changes. */
function arguments_({ from, to }: Case): readonly number[] {
  const random = randomFrom(11);
  const near = [0, 0.34657359, 0.4, 0.41, 0.7, 1, 1.42, 2, 20, 36.7, 500, 709.78, 744.4, 745.2, 2 ** -1022];
  const beside = near.flatMap((x) => [x, x * (1 + 2 ** -52), x * (1 - 2 ** -53), 1 + x, 1 - x * 2 ** -20]);
  const anySize = Array.from({ length: 200 }, () => 2 ** (2098 * random() - 1074));
  const moderate = Array.from({ length: 300 }, () => 10 ** (6 * random() - 3));
  const all = [...beside, ...anySize, ...moderate, Number.MAX_VALUE, Number.MIN_VALUE];
  return all.flatMap((x) => [x, -x]).filter((x) => x >= from && x <= to);
}

test('log 2 and π lie between neighbouring doubles', () => {
  const log2 = exact(2).ln().minus(exact(LN2_HIGH));
  expect(log2.gt(exact(LN2_LOW.down)) && log2.lt(exact(LN2_LOW.up))).toBe(true);
  expect(above(LN2_LOW.down)).toBe(LN2_LOW.up);
  const pi = Exact.acos(-1);
  expect(pi.gt(exact(PI_DOWN)) && pi.lt(exact(PI_UP))).toBe(true);
  expect(above(PI_DOWN)).toBe(PI_UP);
  // 33 bits, so that its whole multiples are exact.
  expect(Number.isInteger(LN2_HIGH * 2 ** 33)).toBe(true);
});

describe.each(CASES)('$name', (one_) => {
  const { at, exactly, widest } = one_;

  test('holds the exact value, and is narrow', () => {
    const found = arguments_(one_).map((x) => {
      const { down, up } = at(x);
      const value = exactly(exact(x));
      const [least, most] = [exact(down), exact(up)];
      const isHeld = value.gte(least) && value.lte(most);
      const width = up === Infinity ? 0 : most.minus(least).div(ulpOf(value)).toNumber();
      return { x, down, up, isHeld, width };
    });
    expect(found.length).toBeGreaterThan(400);
    expect(found.filter(({ isHeld }) => !isHeld)).toEqual([]);
    const worst = found.reduce((a, b) => (b.width > a.width ? b : a));
    expect(worst.width).toBeLessThanOrEqual(widest);
  });
});
