/** Branch and bound: trees whose leaves fail in exact arithmetic too, and no tree for what is not contradictory. */
import { splitPoint } from '../../../src/verify/interval/split.js';
import { describe, expect, test } from 'vitest';
import * as build from '../../../src/proof/build.js';
import type { Boxes } from '../../../src/proof/derivation.js';
import { isZero, minus, ofDouble, ratio, toNumber, type Rational } from '../../../src/proof/rational.js';
import type { Condition, Literal, Term } from '../../../src/proof/term.js';
import { budgetOf } from '../../../src/verify/budget.js';
import { rangesOf } from '../../../src/verify/interval/affine.js';
import { refuteOnBoxes } from '../../../src/verify/interval/boxes.js';
import { between, intersection, type Enclosure } from '../../../src/verify/interval/enclosure.js';
import { encloseCondition, variablesOf } from '../../../src/verify/interval/term.js';

const { above, atLeast, exp, log, negated, number, pi, power, product, quotient, select, sum, variable } =
  build;
const [x, y, tau] = [variable('x'), variable('y'), variable('tau')];
const n = (top: number, bottom = 1): Term => number(ratio(BigInt(top), BigInt(bottom)));
const within = (one: Term, low: Term, high: Term): readonly Condition[] => [
  atLeast(one, low),
  atLeast(high, one),
];
const equal = (a: Term, b: Term): Condition => build.equal(a, b);
const literals = (conditions: readonly Condition[]): readonly Literal[] => conditions.filter(build.isLiteral);
/** τ(1 − e^s) in the gate of SAPO, at τ = 1.05. */
const gate = product(n(21, 20), sum(n(1), negated(exp(x))));

interface Case {
  readonly name: string;
  readonly given: readonly Condition[];
}
const CONTRADICTORY: readonly Case[] = [
  { name: 'e^x ≤ 0 anywhere', given: [atLeast(n(0), exp(x))] },
  { name: '−e^x/τ > 0 for τ > 0', given: [above(tau, n(0)), above(n(0), quotient(exp(x), tau))] },
  { name: 'x² + 1 ≤ 0', given: [atLeast(n(-1), power(x, 2))] },
  {
    name: 'x·e^−x ≥ 2/5 on [0, 9]',
    given: [...within(x, n(0), n(9)), atLeast(product(x, exp(negated(x))), n(2, 5))],
  },
  {
    name: 'e^x ≤ 1 + x from 1/10 to 9',
    given: [...within(x, n(1, 10), n(9)), atLeast(sum(n(1), x), exp(x))],
  },
  { name: 'log x = 1 below 2', given: [...within(x, n(1, 2), n(2)), equal(log(x), n(1))] },
  {
    name: 'x ≥ π and x ≤ 22/7 and x² > 10',
    given: [atLeast(x, pi), atLeast(n(22, 7), x), above(power(x, 2), n(10))],
  },
  {
    name: 'xy(2 − x − y) ≥ 2/5 on the unit square',
    given: [
      ...within(x, n(0), n(1)),
      ...within(y, n(0), n(1)),
      atLeast(product(x, y, sum(n(2), negated(x), negated(y))), n(2, 5)),
    ],
  },
  {
    name: 'the bound of the gate',
    given: [
      ...within(x, n(-10), n(4)),
      atLeast(product(n(4), exp(x), exp(gate), power(sum(n(1), exp(gate)), -2)), n(8, 5)),
    ],
  },
  {
    name: 'a selection that bounds',
    given: [
      ...within(x, n(-5), n(5)),
      above(select(build.literal('>', x), exp(negated(x)), exp(x)), n(11, 10)),
    ],
  },
  {
    name: 'bounds with factors',
    given: [atLeast(product(n(-2), x), n(-3)), atLeast(power(x, 3), n(4)), atLeast(x, n(0))],
  },
];
/** Not contradictory, or not by a margin that every arithmetic sees. */
const LEFT: readonly Case[] = [
  { name: '1 + e^x < 1, which is near as x falls', given: [above(n(1), sum(n(1), exp(x)))] },
  { name: 'e^x ≥ 3', given: [...within(x, n(-10), n(4)), atLeast(exp(x), n(3))] },
  {
    name: 'x·e^−x ≥ 2/5 below 0 or not',
    given: [...within(x, n(0), n(9)), atLeast(product(x, exp(negated(x))), n(1, 3))],
  },
  { name: 'x² ≤ 0, only at 0', given: [atLeast(n(0), power(x, 2))] },
  { name: 'xy ≥ 1', given: [atLeast(product(x, y), n(1))] },
  { name: '1/x > 5 near 0', given: [above(x, n(0)), above(power(x, -1), n(5))] },
  { name: '1/x, unknown at 0', given: [...within(x, n(0), n(1)), above(n(-1), power(x, -1))] },
  { name: 'log x, unknown below 0', given: [...within(x, n(-2), n(-1)), above(log(x), n(5))] },
  { name: 'ranges alone', given: within(x, n(0), n(1)) },
  { name: 'an empty range, which is not for boxes', given: [...within(x, n(2), n(1)), above(exp(x), n(1))] },
  { name: 'nothing', given: [] },
];

const variablesIn = (given: readonly Condition[]): readonly { readonly name: string }[] =>
  [...variablesOf(literals(given).map((one) => one.x))].map((name) => ({ name }));
const tree = ({ given }: Case, steps = 2_000_000): Boxes | undefined =>
  refuteOnBoxes(literals(given), variablesIn(given), budgetOf(steps));

/** Every leaf's literal is given, and false on its box, for the exact bounds of the split. */
function failures(
  boxes: Boxes,
  given: readonly Literal[],
  box: ReadonlyMap<string, Enclosure>,
): readonly string[] {
  if ('fails' in boxes) {
    const isGiven = given.includes(boxes.fails);
    return isGiven && encloseCondition(boxes.fails, box) === false ? [] : [JSON.stringify([...box])];
  }
  const range = box.get(boxes.split) ?? between(-Infinity, Infinity);
  const at = exactly(boxes.at);
  const half = (part: Enclosure): ReadonlyMap<string, Enclosure> =>
    new Map(box).set(boxes.split, intersection(range, part));
  return [
    ...failures(boxes.below, given, half(between(-Infinity, at))),
    ...failures(boxes.above, given, half(between(at, Infinity))),
  ];
}
/** A split is at a double. */
function exactly(at: Rational): number {
  const value = toNumber(at);
  expect(isZero(minus(at, ofDouble(value)))).toBe(true);
  return value;
}

describe.each(CONTRADICTORY)('$name', (one) => {
  test('is refuted, by leaves that hold', () => {
    const boxes = tree(one);
    if (boxes === undefined) throw new Error('not refuted');
    const given = literals(one.given);
    const ranges = rangesOf(
      given,
      variablesIn(one.given).map(({ name }) => name),
    );
    expect(failures(boxes, given, ranges ?? new Map())).toEqual([]);
  });

  test('gives the same tree each time, and none without steps', () => {
    expect(tree(one)).toEqual(tree(one));
    expect(tree(one, 1)).toBeUndefined();
  });
});

test.each(LEFT)('$name is not refuted', (one) => {
  const budget = budgetOf(2_000_000);
  expect(refuteOnBoxes(literals(one.given), variablesIn(one.given), budget)).toBeUndefined();
  // A point at which nothing fails is met long before the budget ends.
  expect(budget.spent()).toBeLessThan(20_000);
});

test('ranges are read off literals of one variable, rounded outwards, strict ones open', () => {
  const given = [
    above(product(n(3), x), n(1)),
    atLeast(n(7), sum(x, x)),
    atLeast(y, x),
    equal(sum(tau, n(1)), n(3)),
  ];
  const ranges = rangesOf(literals(given), ['x', 'y', 'tau']);
  expect(ranges?.get('x')).toEqual({ low: 0.3333333333333333, high: 3.5, lowOpen: true, highOpen: false });
  expect(ranges?.get('y')).toEqual({ low: -Infinity, high: Infinity, lowOpen: true, highOpen: true });
  expect(ranges?.get('tau')).toEqual(between(2, 2));
});

test('ranges are cut between their ends, or not at all, down to the smallest doubles', () => {
  const ends = [
    0,
    Number.MIN_VALUE,
    2 * Number.MIN_VALUE,
    7e-323,
    1e-300,
    1,
    3,
    1e300,
    Number.MAX_VALUE,
    Infinity,
  ];
  for (const low of ends)
    for (const high of ends.filter((one) => one > low))
      for (const range of [
        { low, high, lowOpen: true, highOpen: true },
        { low: -high, high: -low, lowOpen: true, highOpen: true },
      ]) {
        const point = splitPoint(range);
        if (point !== undefined) expect(point > range.low && point < range.high).toBe(true);
      }
});
