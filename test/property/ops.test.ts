/** Every record of the op table: its derivative, its range and its direction agree with its own values. */
import { describe, expect, test } from 'vitest';
import { REALS, closed, contains, type Interval } from '../../src/base/interval.js';
import { spread } from '../../src/base/ragged.js';
import { differentiate } from '../../src/grad/differentiate.js';
import {
  ONE,
  ZERO,
  attains,
  binary,
  clip,
  constant,
  exp,
  gt,
  input,
  mul,
  reduce,
  scan,
  select,
  shift,
  swap,
  tanh,
  unary,
} from '../../src/ir/build.js';
import { evaluate } from '../../src/ir/eval.js';
import { BINARY_OPS, REDUCE_OPS, UNARY_OPS, type Expr } from '../../src/ir/expr.js';
import { OPS } from '../../src/ir/ops/index.js';
import { printExpr } from '../../src/ir/print.js';
import { ranges } from '../../src/ir/range.js';
import { randomFrom, randomRagged, valuesAt } from './batches.js';

const X = input('model', 'x', 'token');
const Y = input('model', 'y', 'token');
const Z = input('model', 'z', 'token');
const isReal = (op: string): boolean => !['not', 'and', 'or'].includes(op);
const CONDITIONS = ['lt', 'le', 'gt', 'ge', 'eq', 'ne', 'and', 'or'];

/** Arguments on which the op is defined, away from 0. */
const draw = (op: string, random: () => number): number => {
  const size = 0.2 + 2 * random();
  const positiveOnly = ['log', 'sqrt', 'pow', 'log1p'].includes(op);
  return positiveOnly || random() < 0.5 ? size : -size;
};

interface Case {
  readonly name: string;
  readonly expr: Expr;
}
const elementwise: readonly Case[] = [
  ...UNARY_OPS.filter((op) => isReal(op) && op !== 'stop').map((op) => ({ name: op, expr: unary(op, X) })),
  ...BINARY_OPS.filter((op) => !CONDITIONS.includes(op)).map((op) => ({ name: op, expr: binary(op, X, Y) })),
  { name: 'clip', expr: clip(X, Y, Z) },
  { name: 'select', expr: select(gt(Z, ZERO), X, Y) },
];
const square = (x: Expr): Expr => mul(x, x);
const set = { from: 'token', to: 'rollout' } as const;
const TOTAL = reduce('sum', set, Y);
const OWN = reduce('mean', set, X);
const others = { from: 'peer', to: 'rollout' } as const;
const reductions: readonly Case[] = REDUCE_OPS.filter(
  (op) => op !== 'any' && op !== 'all' && op !== 'first' && op !== 'quantile',
).flatMap((op) => [
  { name: op, expr: reduce(op, set, X) },
  { name: `${op} where`, expr: reduce(op, { ...set, where: gt(Z, ZERO) }, X) },
  { name: `${op} to group`, expr: reduce(op, { from: 'rollout', to: 'group' }, reduce('mean', set, X)) },
  { name: `${op} over others`, expr: reduce(op, others, swap(OWN)) },
  {
    name: `${op} over some others`,
    expr: reduce(op, { ...others, where: gt(swap(TOTAL), ZERO) }, swap(OWN)),
  },
  { name: `${op} over others, own values within`, expr: reduce(op, others, mul(swap(OWN), TOTAL)) },
  ...(op === 'logsumexp'
    ? [
        { name: `${op} anchored`, expr: reduce(op, set, X, reduce('sum', set, Y)) },
        { name: `${op} anchored by its own argument`, expr: reduce(op, set, TOTAL, TOTAL) },
      ]
    : []),
]);

/** Values per pair, and their exchange: of a rollout and of a pair, under a condition and summed into a group. */
const exchanges: readonly Case[] = [
  { name: 'swap', expr: mul(swap(OWN), TOTAL) },
  { name: 'swap of pairs', expr: mul(swap(mul(swap(OWN), TOTAL)), OWN) },
  { name: 'swap of a choice', expr: swap(select(gt(swap(TOTAL), OWN), mul(swap(OWN), TOTAL), OWN)) },
  {
    name: 'swap of a group value',
    expr: mul(swap(reduce('mean', { from: 'rollout', to: 'group' }, OWN)), swap(TOTAL)),
  },
];

const GAMMA = tanh(TOTAL);
const along: readonly Case[] = [
  ...(['forward', 'backward'] as const).flatMap((direction) => [
    { name: `scan ${direction}`, expr: scan(direction, X) },
    { name: `scan ${direction} of what is coarser`, expr: mul(X, scan(direction, TOTAL)) },
    { name: `discounted scan ${direction}`, expr: scan(direction, X, GAMMA) },
    { name: `discounted scan ${direction} by what varies`, expr: mul(Z, scan(direction, X, exp(GAMMA))) },
    { name: `chosen scan ${direction}`, expr: select(gt(Z, ZERO), scan(direction, X, GAMMA), Y) },
  ]),
  ...[-5, -2, -1, 0, 1, 3].flatMap((by) => [
    { name: `shift by ${by}`, expr: shift(by, mul(X, Z), ZERO) },
    { name: `shift by ${by}, filled`, expr: mul(Z, shift(by, X, TOTAL)) },
    { name: `shift by ${by} of what is coarser`, expr: mul(Z, shift(by, TOTAL, ONE)) },
    { name: `chosen shift by ${by}`, expr: select(gt(Z, ZERO), square(shift(by, X, TOTAL)), Y) },
  ]),
];

describe.each([...elementwise, ...reductions, ...exchanges, ...along])(
  'derivative of $name',
  ({ name, expr }) => {
    test('agrees with finite differences of its own values', () => {
      const random = randomFrom(7);
      let compared = 0;
      for (let round = 0; round < 30; round += 1) {
        const ragged = randomRagged(random, false);
        const params = new Map<string, number>();
        const at = new Map(
          ['x', 'y', 'z'].map((key) => [key, valuesAt(ragged, 'token', () => draw(name, random))]),
        );
        if (name === 'clip') orderEnds(at);
        const total = reduce(
          'sum',
          { from: expr.type.level === 'batch' ? 'group' : expr.type.level, to: 'batch' },
          expr,
        );
        const inputs = [X, Y, Z];
        if (!Number.isFinite(evaluate([total], ragged, { params, inputs: at })[0]?.[0])) continue;
        const derivatives = differentiate(total, inputs);
        const gradients = evaluate(derivatives, ragged, { params, inputs: at }).map((values, which) =>
          spread(values, ragged, derivatives[which]?.type.level ?? 'token', 'token'),
        );
        inputs.forEach((variable, which) => {
          const key = variable.name;
          const own = at.get(key) ?? new Float64Array();
          own.forEach((value, index) => {
            const along = (step: number): number => {
              const moved = new Map(at).set(key, own.with(index, value + step));
              return evaluate([total], ragged, { params, inputs: moved })[0]?.[0] ?? NaN;
            };
            const numeric = (along(1e-6) - along(-1e-6)) / 2e-6;
            const symbolic = gradients[which]?.[index] ?? NaN;
            expect(Math.abs(symbolic - numeric)).toBeLessThan(1e-6 * (1 + Math.abs(numeric)));
            compared += 1;
          });
        });
      }
      expect(compared).toBeGreaterThan(100);
    });
  },
);

function orderEnds(at: ReadonlyMap<string, Float64Array>): void {
  const [low, high] = [at.get('y'), at.get('z')];
  low?.forEach((value, index) => {
    const other = high?.[index] ?? value;
    low[index] = Math.min(value, other) - 0.1;
    if (high !== undefined) high[index] = Math.max(value, other) + 0.1;
  });
}

const BOXES: readonly Interval[] = [
  closed(-3, -1),
  closed(-2, 2),
  closed(0, 1),
  closed(1, 4),
  closed(-Infinity, 0),
  closed(0.5, Infinity),
];
const inside = (box: Interval, random: () => number): number => {
  const low = Math.max(box.low, -30);
  const high = Math.min(box.high, 30);
  return low + random() * (high - low);
};

describe('ranges hold the values', () => {
  test.each(UNARY_OPS.filter(isReal))('%s', (op) => {
    const random = randomFrom(11);
    for (const box of BOXES) {
      for (let round = 0; round < 200; round += 1) {
        const value = OPS.unary[op].eval(inside(box, random));
        if (!Number.isNaN(value))
          expect([op, box, value, contains(grown(OPS.unary[op].range(box)), value)]).toEqual([
            op,
            box,
            value,
            true,
          ]);
      }
    }
  });
  test.each(BINARY_OPS)('%s', (op) => {
    const random = randomFrom(13);
    for (const x of BOXES) {
      for (const y of BOXES) {
        const range = grown(OPS.binary[op].range(x, y));
        for (let round = 0; round < 50; round += 1) {
          const value = OPS.binary[op].eval(inside(x, random), inside(y, random));
          if (Number.isFinite(value))
            expect([op, x, y, value, contains(range, value)]).toEqual([op, x, y, value, true]);
        }
      }
    }
  });
});
/** Ends are computed in round-to-nearest, so values may touch an open end or pass it by a rounding. */
const grown = (range: Interval): Interval => {
  const slack = (end: number): number => (Number.isFinite(end) ? 1e-9 * (1 + Math.abs(end)) : 0);
  return closed(range.low - slack(range.low), range.high + slack(range.high));
};

describe('ranges hold the values along a rollout', () => {
  const boxes = [...BOXES, closed(-0.5, 0.5), closed(0, 0.9)];
  const ragged = {
    sizes: { batch: 1, group: 1, rollout: 1, token: 12 },
    groupOfRollout: Int32Array.of(0),
    rolloutOfToken: new Int32Array(12),
  };
  const gamma = input('data', 'g', 'rollout');
  const cases = [
    scan('forward', X),
    scan('backward', X, gamma),
    scan('forward', X, gamma),
    shift(3, X, gamma),
    reduce('quantile', set, X, constant('0.3')),
  ];
  test.each(cases.map((expr) => [printExpr(expr), expr] as const))('%s', (_, expr) => {
    const random = randomFrom(17);
    for (const x of boxes) {
      for (const g of boxes) {
        const [range = REALS] = ranges(
          [expr],
          new Map([
            ['x', x],
            ['g', g],
          ]),
        );
        for (let round = 0; round < 30; round += 1) {
          const inputs = new Map([
            ['x', valuesAt(ragged, 'token', () => inside(x, random))],
            ['g', Float64Array.of(inside(g, random))],
          ]);
          const [values] = evaluate([expr], ragged, { params: new Map(), inputs });
          const outside = values?.filter((value) => !contains(grown(range), value));
          expect({ x, g, outside: [...(outside ?? [NaN])] }).toEqual({ x, g, outside: [] });
        }
      }
    }
  });
});

describe('directions', () => {
  test.each(UNARY_OPS.filter((op) => OPS.unary[op].direction !== 'neither' && isReal(op)))('%s', (op) => {
    const { direction, eval: f } = OPS.unary[op];
    const xs = Array.from({ length: 200 }, (_, at) => 0.01 + at / 20);
    const values = xs.map(f);
    const rising = values.every((value, at) => at === 0 || value >= (values[at - 1] ?? value));
    const falling = values.every((value, at) => at === 0 || value <= (values[at - 1] ?? value));
    expect({ rising, falling: falling && !rising }).toEqual({
      rising: direction === 'increasing',
      falling: direction === 'decreasing',
    });
  });
});

describe('extremes', () => {
  test('the first in order takes the derivative of a tie', () => {
    const ragged = {
      sizes: { batch: 1, group: 1, rollout: 1, token: 4 },
      groupOfRollout: Int32Array.of(0),
      rolloutOfToken: Int32Array.of(0, 0, 0, 0),
    };
    const inputs = new Map([['x', Float64Array.of(1, 3, 3, 2)]]);
    const values = { params: new Map<string, number>(), inputs };
    const [top, bottom] = (['max', 'min'] as const).map(
      (op) => differentiate(reduce(op, set, X), [X])[0] ?? ZERO,
    );
    const results = evaluate([top ?? ZERO, bottom ?? ZERO, attains('max', set, X)], ragged, values);
    expect(results.map((one) => [...one])).toEqual([
      [0, 1, 0, 0],
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ]);
  });
});

describe('NaN that is read goes through', () => {
  test.each([...UNARY_OPS.filter(isReal), 'min', 'max'])('%s', (op) => {
    const unaryOp = UNARY_OPS.find((one) => one === op);
    const results =
      unaryOp === undefined
        ? [OPS.binary[op === 'min' ? 'min' : 'max'].eval(NaN, 1), OPS.binary.max.eval(1, NaN)]
        : [OPS.unary[unaryOp].eval(NaN)];
    expect(results.every(Number.isNaN)).toBe(true);
  });
  test('clip, in every argument; comparisons with it are false, != is true', () => {
    const { clip: clipped } = OPS.ternary;
    expect(
      [clipped.eval(NaN, 0, 1), clipped.eval(0, NaN, 1), clipped.eval(0, 0, NaN)].every(Number.isNaN),
    ).toBe(true);
    expect((['lt', 'le', 'gt', 'ge', 'eq', 'ne'] as const).map((op) => OPS.binary[op].eval(NaN, 1))).toEqual([
      0, 0, 0, 0, 0, 1,
    ]);
  });
});
