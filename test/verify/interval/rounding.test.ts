/** Directed rounding: on the right side of the exact result, exact where that is a double, and next to it elsewhere. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, isZero, ofDouble, over, plus, times, type Rational } from '../../../src/proof/rational.js';
import {
  above,
  addDown,
  addUp,
  below,
  divDown,
  divUp,
  mulDown,
  mulUp,
  scaleDown,
  scaleUp,
} from '../../../src/verify/interval/rounding.js';

/** The next double towards ∞, by its bits. */
function next(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + (x > 0 ? 1n : -1n));
  return view.getFloat64(0);
}
const double = fc.double({ noNaN: true, noDefaultInfinity: true });
const handy = fc.constantFrom(
  0,
  1,
  -1,
  3,
  0.1,
  -0.75,
  10,
  2 ** -1074,
  -(2 ** -1022),
  2 ** 1023,
  Number.MAX_VALUE,
);
const near = fc
  .tuple(double, fc.integer({ min: -3, max: 3 }))
  .map(([x, steps]) => x * (1 + steps * 2 ** -52));
const any = fc
  .oneof(double, handy, near, fc.double({ min: -8, max: 8, noNaN: true }))
  .filter(Number.isFinite);
const RUNS = { numRuns: 2000, seed: 5 };

test('above and below are neighbours, or theirs near the smallest normal numbers', () => {
  fc.assert(
    fc.property(any, (x) => {
      const up = above(x);
      expect([next(x), next(next(x))]).toContain(up);
      expect(below(x) === -above(-x)).toBe(true);
      if (Math.abs(x) > 2 ** -1020) expect(up).toBe(next(x));
    }),
    RUNS,
  );
  expect([above(0), above(Number.MAX_VALUE), below(Number.MIN_VALUE)]).toEqual([
    Number.MIN_VALUE,
    Infinity,
    0,
  ]);
});

interface Case {
  readonly name: string;
  readonly down: (a: number, b: number) => number;
  readonly up: (a: number, b: number) => number;
  readonly exactly: (a: Rational, b: Rational) => Rational;
}
const CASES: readonly Case[] = [
  { name: 'sum', down: addDown, up: addUp, exactly: plus },
  { name: 'product', down: mulDown, up: mulUp, exactly: times },
  { name: 'quotient', down: divDown, up: divUp, exactly: over },
];
const isMiddling = (x: number): boolean => x === 0 || (Math.abs(x) > 1e-130 && Math.abs(x) < 1e130);

describe.each(CASES)('$name', ({ name, down, up, exactly }) => {
  test('is rounded to the side asked for, and no further than needed', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        fc.pre(name !== 'quotient' || b !== 0);
        const exact = exactly(ofDouble(a), ofDouble(b));
        const [least, most] = [down(a, b), up(a, b)];
        if (least !== -Infinity) expect(compare(ofDouble(least), exact)).toBeLessThanOrEqual(0);
        if (most !== Infinity) expect(compare(ofDouble(most), exact)).toBeGreaterThanOrEqual(0);
        expect(least).toBeLessThan(Infinity);
        expect(most).toBeGreaterThan(-Infinity);
        expect(Object.is(least, -0) || Object.is(most, -0)).toBe(false);
        if (least === most || most === next(least)) return;
        // Outside the range in which exactness is seen, one more step on either side.
        expect([a, b, least].every(isMiddling) && name !== 'sum').toBe(false);
        expect(name).not.toBe('sum');
        expect([next(next(least)), next(next(next(least))), next(next(next(next(least))))]).toContain(most);
      }),
      RUNS,
    );
  });
});

test('exact results stay exact', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -(2 ** 26), max: 2 ** 26 }),
      fc.integer({ min: 1, max: 2 ** 26 }),
      (a, b) => {
        expect([addDown(a, b), addUp(a, b), addDown(a, -a)]).toEqual([a + b, a + b, 0]);
        expect([mulDown(a, b), mulUp(a, b)]).toEqual([a * b, a * b]);
        expect([divDown(a * b, b), divUp(a * b, b)]).toEqual([a, a]);
      },
    ),
    RUNS,
  );
});

test('no overflow excludes a finite result', () => {
  expect([mulDown(1e308, 10), mulUp(1e308, 10)]).toEqual([Number.MAX_VALUE, Infinity]);
  expect([addDown(-1e308, -1e308), addUp(-1e308, -1e308)]).toEqual([-Infinity, -Number.MAX_VALUE]);
  expect([divDown(1e308, 1e-10), divUp(1e308, 1e-10)]).toEqual([Number.MAX_VALUE, Infinity]);
  expect([mulDown(1e-200, 1e-200), mulUp(1e-200, 1e-200)]).toEqual([0, Number.MIN_VALUE]);
  expect([divDown(-1e-200, 1e200), divUp(-1e-200, 1e200)]).toEqual([-Number.MIN_VALUE, 0]);
});

test('scaling by powers of 2', () => {
  fc.assert(
    fc.property(any, fc.integer({ min: -2000, max: 2000 }), (x, k) => {
      const two = { n: k > 0 ? 2n ** BigInt(k) : 1n, d: k < 0 ? 2n ** BigInt(-k) : 1n };
      const exact = times(ofDouble(x), two);
      const [least, most] = [scaleDown(x, k), scaleUp(x, k)];
      if (least !== -Infinity) expect(compare(ofDouble(least), exact)).toBeLessThanOrEqual(0);
      if (most !== Infinity) expect(compare(ofDouble(most), exact)).toBeGreaterThanOrEqual(0);
      // From a subnormal number only steps are exact that leave them in one.
      const isNormal =
        Math.abs(x) > 2 ** -1021 &&
        Math.abs(least) > 2 ** -1021 &&
        Number.isFinite(least) &&
        Number.isFinite(most);
      if (isNormal || isZero(exact)) expect(least).toBe(most);
    }),
    RUNS,
  );
});
