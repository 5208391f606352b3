/** Every op on enclosures: for any numbers within its operands', the reference's value lies in the result. */
import { describe, expect, test } from 'vitest';
import { between, isNothing, point, type Enclosure } from '../../../src/verify/interval/enclosure.js';
import { encloseProgram, type Overrides } from '../../../src/verify/interval/ragged.js';
import {
  ZERO,
  add,
  and,
  attains,
  binary,
  clip,
  constant,
  div,
  ge,
  gt,
  input,
  le,
  lt,
  mul,
  named,
  not,
  or,
  pow,
  reduce,
  scan,
  select,
  shift,
  sub,
  swap,
  unary,
} from '../../../src/ir/build.js';
import { evaluate } from '../../../src/ir/eval.js';
import { BINARY_OPS, REDUCE_OPS, UNARY_OPS, type Expr, type Input } from '../../../src/ir/expr.js';
import { randomFrom, randomRagged, valuesAt } from '../../property/batches.js';

const X = input('model', 'x', 'token');
const Y = input('model', 'y', 'token');
const Z = input('model', 'z', 'token');
const INPUTS: readonly Input[] = [X, Y, Z];
const BOOLEAN: readonly string[] = ['not', 'and', 'or', 'any', 'all'];
const isBoolean = (op: string): boolean => BOOLEAN.includes(op);
const [P, Q] = [gt(X, Y), gt(Y, Z)];

const set = { from: 'token', to: 'rollout' } as const;
const some = { ...set, where: gt(Z, ZERO) };
const others = { from: 'peer', to: 'rollout' } as const;
const OWN = reduce('mean', set, X);
const TOTAL = reduce('sum', set, Y);

interface Case {
  readonly name: string;
  readonly expr: Expr;
}
const reductions = REDUCE_OPS.flatMap((op): readonly Case[] => {
  const q = op === 'quantile' ? unary('sigmoid', TOTAL) : undefined;
  const [x, pair] = isBoolean(op) ? [P, gt(swap(OWN), OWN)] : [X, swap(OWN)];
  return [
    { name: op, expr: reduce(op, set, x, q) },
    { name: `${op} where`, expr: reduce(op, some, x, q) },
    { name: `${op} over others`, expr: reduce(op, others, pair, q) },
    ...(op === 'logsumexp' ? [{ name: `${op} anchored`, expr: reduce(op, some, x, TOTAL) }] : []),
  ];
});
const CASES: readonly Case[] = [
  ...UNARY_OPS.map((op) => ({ name: op, expr: unary(op, isBoolean(op) ? P : X) })),
  ...BINARY_OPS.flatMap((op) => [
    { name: op, expr: isBoolean(op) ? binary(op, P, Q) : binary(op, X, Y) },
    { name: `${op} of one value`, expr: isBoolean(op) ? binary(op, P, P) : binary(op, X, X) },
  ]),
  { name: 'clip', expr: clip(X, Y, Z) },
  { name: 'clip in order', expr: clip(X, sub(Y, constant(2)), add(Y, constant('0.25'))) },
  { name: 'select', expr: select(gt(Z, ZERO), X, Y) },
  ...reductions,
  ...(['max', 'min'] as const).flatMap((extreme) => [
    { name: `attains ${extreme}`, expr: attains(extreme, set, X) },
    { name: `attains ${extreme} where`, expr: attains(extreme, some, X) },
  ]),
  { name: 'swap', expr: reduce('sum', others, mul(swap(OWN), TOTAL)) },
  { name: 'scan forward', expr: scan('forward', X) },
  { name: 'scan backward, discounted', expr: scan('backward', X, unary('tanh', TOTAL)) },
  ...[-2, 0, 1].map((by) => ({ name: `shift ${by}`, expr: shift(by, X, Y) })),
];

/** Operands of every kind: numbers, narrow and wide sets, equal ones, sets around 0. */
function drawn(random: () => number): Enclosure {
  const near = Math.round(8 * random() - 4) / 2;
  const width = [0, 0, 0.25, 1e-9, 2][Math.floor(5 * random())] ?? 0;
  return between(near, near + width * random());
}
const inside = ({ low, high }: Enclosure, random: () => number): number => {
  const kind = Math.floor(4 * random());
  return kind === 0 ? low : kind === 1 ? high : Math.min(high, low + (high - low) * random());
};

describe.each(CASES)('$name', ({ expr }) => {
  test('holds the value at any numbers within its operands', () => {
    const random = randomFrom(21);
    let decided = 0;
    for (let round = 0; round < 20; round += 1) {
      const ragged = randomRagged(random);
      const sets = INPUTS.map((one) =>
        Array.from({ length: ragged.sizes[one.type.level] }, () => drawn(random)),
      );
      const overrides: Overrides = new Map(
        INPUTS.map((one, which) => [one, new Map((sets[which] ?? []).map((value, at) => [at, value]))]),
      );
      const zeros = new Map(INPUTS.map(({ name, type }) => [name, valuesAt(ragged, type.level, () => 0)]));
      const [found = []] = encloseProgram([expr], ragged, { params: new Map(), inputs: zeros }, overrides);
      for (let sample = 0; sample < 6; sample += 1) {
        const inputs = new Map(
          INPUTS.map(({ name }, which) => [
            name,
            Float64Array.from(sets[which] ?? [], (one) => inside(one, random)),
          ]),
        );
        const [values = new Float64Array()] = evaluate([expr], ragged, { params: new Map(), inputs });
        expect(found).toHaveLength(values.length);
        values.forEach((value, at) => {
          const one = found[at] ?? point(NaN);
          const room = 1e-12 * (1 + Math.abs(value));
          // What has no number has infinity or NaN in float64; and what may have none has any.
          if (Number.isNaN(value) || (isNothing(one) && !Number.isFinite(value))) return;
          const isHeld =
            (Number.isFinite(value) ? value + room : value) >= one.low &&
            (Number.isFinite(value) ? value - room : value) <= one.high;
          expect(isHeld, `${value} in ${one.low} … ${one.high}`).toBe(true);
          if (one.high - one.low < 5) decided += 1;
        });
      }
    }
    expect(decided).toBeGreaterThan(50);
  });
});

const RAGGED = randomRagged(randomFrom(4), false);
const at = (x: Expr, values: Readonly<Record<string, number>>, overrides?: Overrides): Enclosure => {
  const inputs = new Map(
    INPUTS.map(({ name, type }) => [name, valuesAt(RAGGED, type.level, () => values[name] ?? 0)]),
  );
  const [[first] = []] = encloseProgram([x], RAGGED, { params: new Map(), inputs }, overrides);
  return first ?? point(NaN);
};
const ratio = named('ratio', unary('exp', sub(X, Y)), 'token');
const clipped = clip(ratio, constant('0.8'), constant('1.2'));
const [plain, capped] = [mul(ratio, Z), mul(clipped, Z)];
/** The weight of PPO, as differentiation writes it: by two selections of which one takes both branches' part. */
const weight = add(
  select(le(plain, capped), plain, ZERO),
  select(
    and(not(le(plain, capped)), and(ge(ratio, constant('0.8')), le(ratio, constant('1.2')))),
    plain,
    ZERO,
  ),
);

test('what follows from one value twice is decided although neither is known exactly', () => {
  const inTrust = at(weight, { x: 0.1, z: 3 });
  expect(inTrust.low).toBeCloseTo(3 * Math.exp(0.1), 14);
  expect(inTrust.high - inTrust.low).toBeLessThan(1e-14);
});

test('an interval in place of a value shows what holds throughout it', () => {
  const overX = (low: number, high: number): Overrides => new Map([[X, new Map([[0, between(low, high)]])]]);
  expect(at(weight, { z: 3 }, overX(0.2, 700))).toEqual(point(0));
  expect(at(weight, { z: 3 }, overX(0.1, 700))).toMatchObject({ low: 0 });
  const overRatio = (low: number, high: number): Overrides =>
    new Map([[ratio, new Map([[0, between(low, high)]])]]);
  expect(at(weight, { z: -2 }, overRatio(0.01, 0.79))).toEqual(point(0));
  expect(at(weight, { z: -2 }, overRatio(1.5, 2))).toEqual({ ...between(-4, -3) });
});

test('what only touches is at most, and not known to be less', () => {
  const touching: Overrides = new Map([[X, new Map([[0, between(0, 1)]])]]);
  const decided = [le(X, Y), lt(X, Y), ge(Y, X), gt(X, Y)].map((one) => at(one, { y: 1 }, touching));
  expect(decided).toEqual([point(1), between(0, 1), point(1), point(0)]);
});

test('of equal values, the first in order attains the extreme, known exactly or not', () => {
  const ragged = { ...RAGGED, sizes: { ...RAGGED.sizes, rollout: 1, group: 1, token: 3 } };
  const one = { ...ragged, groupOfRollout: Int32Array.of(0), rolloutOfToken: Int32Array.of(0, 0, 0) };
  const inputs = new Map([
    ['x', Float64Array.of(1, 3, 3)],
    ['y', Float64Array.of(0.1, 0.1, 0.1)],
  ]);
  const [first] = encloseProgram([attains('max', set, sub(X, Y))], one, { params: new Map(), inputs });
  expect(first).toEqual([point(0), point(1), point(0)]);
});

test.each<readonly [string, Expr, Readonly<Record<string, number>>, Enclosure | 'nothing']>([
  ['1/0', div(constant(1), X), {}, 'nothing'],
  ['log 0', unary('log', X), {}, 'nothing'],
  ['log −1', unary('log', X), { x: -1 }, 'nothing'],
  ['√−1', unary('sqrt', X), { x: -1 }, 'nothing'],
  ['0^2', pow(X, constant(2)), {}, 'nothing'],
  ['what follows from 1/0', add(mul(div(constant(1), X), ZERO), constant(1)), {}, 'nothing'],
  ['a branch that is not taken', select(gt(X, ZERO), div(constant(1), X), Y), { y: 2 }, point(2)],
  ['a condition on 1/0', or(lt(div(constant(1), X), ZERO), gt(Y, ZERO)), { y: 1 }, point(1)],
  ['a condition on 1/0 alone', lt(div(constant(1), X), ZERO), {}, between(0, 1)],
  ['the maximum of nothing', reduce('max', some, X), {}, point(-Infinity)],
  ['e to that', unary('exp', reduce('max', some, X)), {}, point(0)],
  ['the mean of nothing', reduce('mean', some, X), {}, point(0)],
  ['the mean of equal values', reduce('mean', set, X), { x: 0.1 }, point(0.1)],
  ['their deviation', sub(X, reduce('mean', set, X)), { x: 0.1 }, point(0)],
  ['that of equal values that are no doubles', sub(ratio, reduce('mean', set, ratio)), { x: 0.1 }, point(0)],
  ['1/10', sub(constant('0.1'), X), { x: 0.1 }, { low: -(2 ** -56), lowOpen: true, high: 0, highOpen: true }],
  ['10⁻⁴⁰⁰ is positive', gt(constant('1e-400'), ZERO), {}, point(1)],
])('%s', (_, expr, values, expected) => {
  const found = at(expr, values);
  if (expected === 'nothing') expect(isNothing(found)).toBe(true);
  else expect(found).toEqual(expected);
});
