/** Arithmetic on sets of numbers: it holds what it is made of, knows which ends are reached, and what is undefined. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contains, intervalText, magnitude, maximum, minimum } from '../../../src/base/interval.js';
import * as rational from '../../../src/proof/rational.js';
import type { Rational } from '../../../src/proof/rational.js';
import {
  ANYTHING,
  NOTHING,
  REALS,
  between,
  difference,
  isNothing,
  ofRational,
  point,
  product,
  quotient,
  sum,
  type Enclosure,
} from '../../../src/verify/interval/enclosure.js';
import { rationalPower, root, wholePower } from '../../../src/verify/interval/power.js';
import { exact, ofRational as exactly, ulpOf } from './exact.js';

const RUNS = { numRuns: 1000, seed: 9 };
const END = fc.oneof(
  fc.constantFrom(0, 1, -1, 2, -0.5, 0.1, 1e-320, -1e-300, 1e300, -Number.MAX_VALUE, Infinity, -Infinity),
  fc.double({ min: -20, max: 20, noNaN: true }),
);
interface Sample {
  readonly set: Enclosure;
  /** A number in it. */
  readonly x: number;
}
/** A set and one of its numbers, often an end or next to it. */
const sample: fc.Arbitrary<Sample> = fc
  .tuple(END, END, fc.boolean(), fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3))
  .map(([a, b, lowOpen, highOpen, part, where]) => {
    const [low, high] = a < b ? [a, b] : [b, a];
    const set = { low, high, lowOpen: lowOpen || low === -Infinity, highOpen: highOpen || high === Infinity };
    const [least, most] = [Math.max(low, -Number.MAX_VALUE), Math.min(high, Number.MAX_VALUE)];
    const inner = least + part * (most / 2 - least / 2) * 2;
    return { set, x: [least, most, inner, 0][where] ?? inner };
  })
  .filter(({ set, x }) => contains(set, x) && Number.isFinite(x));

function holds({ low, high, lowOpen, highOpen }: Enclosure, value: Rational): boolean {
  const above =
    low === -Infinity ? 1 : low === Infinity ? -1 : rational.compare(value, rational.ofDouble(low));
  const under =
    high === Infinity ? 1 : high === -Infinity ? -1 : rational.compare(rational.ofDouble(high), value);
  return (above > 0 || (above === 0 && !lowOpen)) && (under > 0 || (under === 0 && !highOpen));
}

interface Case {
  readonly name: string;
  readonly enclose: (x: Enclosure, y: Enclosure) => Enclosure;
  /** Nothing where it is undefined. */
  readonly exactly: (x: Rational, y: Rational) => Rational | undefined;
}
const raised = (n: number): Case => ({
  name: `power ${n}`,
  enclose: (x) => wholePower(x, n),
  exactly: (x) => (n < 0 && rational.isZero(x) ? undefined : rational.power(x, n)),
});
const CASES: readonly Case[] = [
  { name: 'sum', enclose: sum, exactly: rational.plus },
  { name: 'difference', enclose: difference, exactly: rational.minus },
  { name: 'product', enclose: product, exactly: rational.times },
  {
    name: 'quotient',
    enclose: quotient,
    exactly: (x, y) => (rational.isZero(y) ? undefined : rational.over(x, y)),
  },
  {
    name: 'magnitude',
    enclose: magnitude,
    exactly: (x) => (rational.signOf(x) < 0 ? rational.opposite(x) : x),
  },
  { name: 'maximum', enclose: maximum, exactly: (x, y) => (rational.compare(x, y) < 0 ? y : x) },
  { name: 'minimum', enclose: minimum, exactly: (x, y) => (rational.compare(x, y) < 0 ? x : y) },
  ...[-3, -2, -1, 1, 2, 3, 4, 7].map(raised),
];

describe.each(CASES)('$name', ({ enclose, exactly: of }) => {
  test('holds every result', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const value = of(rational.ofDouble(a.x), rational.ofDouble(b.x));
        const set = enclose(a.set, b.set);
        if (value === undefined) expect(isNothing(set) || set.low === -Infinity).toBe(true);
        else expect(holds(set, value), `${intervalText(set)} for ${a.x}, ${b.x}`).toBe(true);
      }),
      RUNS,
    );
  });
});

const open = (low: number, high: number): Enclosure => ({ low, high, lowOpen: true, highOpen: true });
const [TOP, BOTTOM] = [point(Infinity), point(-Infinity)];
const POSITIVE = open(0, Infinity);

test.each<readonly [string, Enclosure, Enclosure]>([
  ['1 − 1 is 0', difference(point(1), point(1)), point(0)],
  [
    '0.1 + 0.2 is no double',
    sum(point(0.1), point(0.2)),
    between(0.30000000000000004 - 2 ** -54, 0.30000000000000004),
  ],
  ['positive · positive', product(POSITIVE, POSITIVE), POSITIVE],
  ['positive · negative', product(POSITIVE, open(-2, 0)), open(-Infinity, 0)],
  [
    'positive · [0, 2]',
    product(POSITIVE, between(0, 2)),
    { low: 0, lowOpen: false, high: Infinity, highOpen: true },
  ],
  ['0 · anything finite', product(point(0), REALS), point(0)],
  ['1 / (0, 2]', quotient(point(1), { ...between(0, 2), lowOpen: true }), between(0.5, Infinity)],
  ['1 / positive', quotient(point(1), POSITIVE), POSITIVE],
  ['1 / [0, 2]', quotient(point(1), between(0, 2)), ANYTHING],
  ['1 / 0', quotient(point(1), point(0)), NOTHING],
  ['1 / [−1, 1]', quotient(point(1), between(-1, 1)), ANYTHING],
  ['tiny · tiny is positive', product(point(1e-200), point(1e-200)), open(0, Number.MIN_VALUE)],
  ['huge · huge is finite', product(point(1e300), point(1e300)), open(Number.MAX_VALUE, Infinity)],
  ['1e308 · 10', product(point(1e308), point(10)), open(Number.MAX_VALUE, Infinity)],
  ['∞ + 1', sum(TOP, point(1)), TOP],
  ['∞ + any number', sum(TOP, REALS), TOP],
  ['∞ − ∞', sum(TOP, BOTTOM), ANYTHING],
  ['∞ · 2', product(TOP, point(2)), TOP],
  ['∞ · 0', product(TOP, point(0)), ANYTHING],
  ['2 / ∞', quotient(point(2), TOP), point(0)],
  ['∞ / ∞', quotient(TOP, TOP), ANYTHING],
  ['[−2, 3]²', wholePower(between(-2, 3), 2), between(0, 9)],
  ['[−2, 3]³', wholePower(between(-2, 3), 3), between(-8, 27)],
  ['(0, 2]^−2', wholePower({ ...between(0, 2), lowOpen: true }, -2), between(0.25, Infinity)],
  ['[0, 2]^−1', wholePower(between(0, 2), -1), ANYTHING],
  ['x⁰', wholePower(REALS, 0), point(1)],
  ['√[4, 9]', root(between(4, 9), 2), between(2, 3)],
  ['√[0, 2^−40]', root(between(0, 2 ** -40), 2), between(0, 2 ** -20)],
  ['√[−1, 1]', root(between(-1, 1), 2), ANYTHING],
  ['√−1', root(point(-1), 2), NOTHING],
  ['8^(2/3)', rationalPower(point(8), { n: 2n, d: 3n }), point(4)],
  ['8^(−2/3)', rationalPower(point(8), { n: -2n, d: 3n }), point(0.25)],
  ['0^(1/2)', rationalPower(point(0), { n: 1n, d: 2n }), point(0)],
  ['0^(−1/2)', rationalPower(point(0), { n: -1n, d: 2n }), NOTHING],
  ['(−8)^(1/3) is undefined', rationalPower(point(-8), { n: 1n, d: 3n }), NOTHING],
])('%s', (_, found, expected) => {
  expect(found).toEqual(expected);
});

const RATIONALS = fc.tuple(
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  fc.bigInt({ min: 1n, max: 10n ** 30n }),
);
test('a rational lies in its enclosure, which is as narrow as doubles are', () => {
  fc.assert(
    fc.property(RATIONALS, fc.integer({ min: -330, max: 330 }), ([n, d], shift) => {
      const ten = { n: shift > 0 ? 10n ** BigInt(shift) : 1n, d: shift < 0 ? 10n ** BigInt(-shift) : 1n };
      const value = rational.times(rational.ratio(n, d), ten);
      const set = ofRational(value);
      expect(holds(set, value)).toBe(true);
      if (!Number.isFinite(set.low) || !Number.isFinite(set.high)) return;
      const width = exact(set.high)
        .minus(exact(set.low))
        .div(ulpOf(exactly(value)));
      expect(width.toNumber()).toBeLessThan(1.001);
    }),
    { numRuns: 300, seed: 9 },
  );
  for (const x of [0, 0.1, -3, 2 ** 60, 5e-324]) expect(ofRational(rational.ofDouble(x))).toEqual(point(x));
});

const POWERS = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 2, max: 9 }));
test('rational powers hold the exact value, and are narrow', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-30, max: 1e30, noNaN: true }), POWERS, (x, [n, d]) => {
      fc.pre(n !== 0);
      const q = rational.ratio(BigInt(n), BigInt(d));
      const set = rationalPower(point(x), q);
      const value = exact(x).ln().times(exactly(q)).exp();
      // An exact power is an end, which 60 digits miss by their last.
      const last = value.times('1e-50');
      expect(value.plus(last).gte(exact(set.low)) && value.minus(last).lte(exact(set.high))).toBe(true);
      expect(exact(set.high).minus(exact(set.low)).div(ulpOf(value)).toNumber()).toBeLessThanOrEqual(
        8 + 6 * Math.abs(n),
      );
    }),
    { numRuns: 300, seed: 9 },
  );
});
