/** Keys of polynomials: what is looked up under one is that polynomial, or a multiple of it where that is asked for. */
import { expect, test } from 'vitest';
import { ratio, type Rational } from '../../../src/proof/rational.js';
import * as build from '../../../src/proof/build.js';
import { ringOf, type Monomial, type Polynomial } from '../../../src/verify/algebra/ring.js';

const ring = ringOf();
const [x, y, z] = ['x', 'y', 'z'].map((name) =>
  ring.generator(`variable ${name}`, () => ({ term: build.variable(name), kind: 'variable' })),
) as [Parameters<typeof ring.power>[0], Parameters<typeof ring.power>[0], Parameters<typeof ring.power>[0]];
const monomials: readonly Monomial[] = [
  ring.unit,
  ring.power(x, 1),
  ring.power(x, 2),
  ring.power(x, -1),
  ring.power(x, ratio(1n, 2n)),
  ring.power(y, 1),
  ring.times(ring.power(x, 1), ring.power(y, 1)),
  ring.times(ring.power(x, 2), ring.power(z, 1)),
];
const of = (...parts: readonly (readonly [Monomial | undefined, Rational])[]): Polynomial =>
  new Map(parts.flatMap(([one, by]) => (one === undefined ? [] : [[one, by] as const])));
const one = ratio(1n);

test('a monomial is found under its own key alone, whatever its factor is', () => {
  const keys = monomials.map((monomial) => {
    const plain = ring.match(of([monomial, one]));
    expect(plain[1]).toBe(false);
    for (const [factor, isTurned] of [
      [ratio(7n), false],
      [ratio(2n, 3n), false],
      [ratio(-1n), true],
      [ratio(-5n, 4n), true],
    ] as const)
      expect(ring.match(of([monomial, factor]))).toEqual([plain[0], isTurned]);
    return plain[0];
  });
  expect(new Set(keys).size).toBe(monomials.length);
});

test('no sum is taken for a monomial or for another sum, and multiples of one are one', () => {
  const [unit, first, second, , , third] = monomials;
  const sums = [
    of([unit, one], [first, one]),
    of([unit, one], [first, ratio(-1n)]),
    of([unit, one], [second, one]),
    of([first, one], [third, one]),
    of([first, ratio(2n)], [third, one]),
    of([unit, one], [first, one], [third, one]),
  ];
  const all = [...monomials.map((monomial) => of([monomial, one])), ...sums];
  expect(new Set(all.map((polynomial) => ring.match(polynomial)[0])).size).toBe(all.length);
  expect(new Set(all.map(ring.key)).size).toBe(all.length);
  for (const sum of sums) {
    const tripled = new Map([...sum].map(([monomial, { n, d }]) => [monomial, { n: n * 3n, d }]));
    expect(ring.match(tripled)[0]).toBe(ring.match(sum)[0]);
    expect(ring.key(tripled)).not.toBe(ring.key(sum));
  }
});

test('a product is that of its factors in either order, also when many were made between', () => {
  const exponents = (monomial: Monomial): Readonly<Record<string, unknown>> =>
    Object.fromEntries(monomial.powers.map(({ of: generator, to }) => [generator.key, to]));
  for (let round = 0; round < 2; round += 1)
    for (let a = 0; a < 6; a += 1)
      for (let b = 0; b < 6; b += 1) {
        const product = ring.times(ring.power(x, a + 1), ring.power(y, b - 7));
        expect(exponents(product)).toEqual({ 'variable x': a + 1, 'variable y': b - 7 });
        expect(ring.times(ring.power(y, b - 7), ring.power(x, a + 1))).toBe(product);
        expect(exponents(ring.times(product, ring.power(x, -a - 1)))).toEqual({ 'variable y': b - 7 });
      }
});
