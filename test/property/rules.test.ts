/** Every rewrite rule: it applies to its own instances, keeps their values, and does not widen their ranges. */
import { describe, expect, test } from 'vitest';
import { REALS } from '../../src/base/interval.js';
import { spread } from '../../src/base/ragged.js';
import { analyze } from '../../src/compile.js';
import { evaluate } from '../../src/ir/eval.js';
import type { Expr } from '../../src/ir/expr.js';
import { ONE, ZERO, constant, count, div, gt, input, scan, select, shift } from '../../src/ir/build.js';
import { sameExpr } from '../../src/ir/graph.js';
import { printExpr } from '../../src/ir/print.js';
import { ranges } from '../../src/ir/range.js';
import { simplify } from '../../src/simplify/simplify.js';
import { RULES } from '../../src/simplify/rules/index.js';
import { onlyLoss } from '../lower/lowered.js';
import { randomFrom, randomRagged, valuesAt } from './batches.js';

const LEVEL = { x: 'token', y: 'token', r: 'rollout', q: 'rollout', g: 'group' } as const;

/** What floating point throws at code: signs, zeros, infinities and NaN. */
const HOSTILE = [0, -0, 1, -1, Infinity, -Infinity, NaN, 1e30, 1e-30];

/** `slack` is what rounding may leave where the real value is 0. */
function sameOnSamples(before: Expr, after: Expr, hostile: boolean, seed: number, slack: number): void {
  const random = randomFrom(seed);
  for (let round = 0; round < 40; round += 1) {
    const ragged = randomRagged(random);
    const draw = (): number => {
      if (hostile && round % 2 === 1) return HOSTILE[Math.floor(random() * HOSTILE.length)] ?? 0;
      return (random() < 0.5 ? -1 : 1) * (0.1 + 2 * random());
    };
    const inputs = new Map(
      Object.entries(LEVEL).map(([name, level]) => [name, valuesAt(ragged, level, draw)]),
    );
    const params = new Map([['p', 0.3 + random()]]);
    const { level } = before.type;
    const [left, right] = evaluate([before, after], ragged, { params, inputs }).map((values, at) =>
      spread(values, ragged, [before, after][at]?.type.level ?? level, level),
    );
    left?.forEach((value, at) => {
      const other = right?.[at] ?? NaN;
      const equal =
        Object.is(value, other) ||
        value === other ||
        Math.abs(value - other) <= slack + 1e-12 * Math.abs(value);
      expect([printExpr(before), printExpr(after), value, other, equal]).toEqual([
        printExpr(before),
        printExpr(after),
        value,
        other,
        true,
      ]);
    });
  }
}

/** These state a side condition that hostile values break: they are sampled on ordinary values. */
const statesACondition = (condition: string): boolean => condition !== 'always';

describe.each(RULES)('$name: $equation', (rule) => {
  test('applies to its instances and keeps their values', () => {
    expect(rule.instances.length).toBeGreaterThan(0);
    rule.instances.forEach((before, at) => {
      const after = rule.apply(before);
      expect([printExpr(before), after !== undefined && !sameExpr(before, after)]).toEqual([
        printExpr(before),
        true,
      ]);
      if (after === undefined) return;
      const hostile = rule.mode === 'float' && !statesACondition(rule.condition);
      sameOnSamples(before, after, hostile, at + 1, rule.mode === 'float' ? 0 : 1e-12);
    });
  });
  test('does not widen a range', () => {
    const declared = new Map([...Object.keys(LEVEL), 'p'].map((name) => [name, REALS]));
    for (const before of rule.instances) {
      const after = rule.apply(before) ?? before;
      const [wide, narrow] = ranges([before, after], declared);
      expect(narrow?.low).toBeGreaterThanOrEqual(wide?.low ?? NaN);
      expect(narrow?.high).toBeLessThanOrEqual(wide?.high ?? NaN);
    }
  });
});

describe('what is known of one token', () => {
  const other = select(gt(input('data', 'x', 'token'), ZERO), ONE, constant(2));
  test.each([
    shift(1, other, ZERO),
    scan('forward', other),
    scan('backward', other, input('param', 'p', 'batch')),
  ])('says nothing of the others: case %#', (along) => {
    const isPositive = gt(input('data', 'x', 'token'), ZERO);
    const before = select(isPositive, along, ZERO);
    const [after = ZERO] = simplify([before], 'real');
    sameOnSamples(before, after, false, 3, 1e-12);
  });
});

test('what a condition keeps from being divided by 0 stays under it', () => {
  const x = input('data', 'x', 'token');
  const isPositive = gt(x, ZERO);
  const positives = count({ from: 'token', to: 'rollout', where: isPositive });
  const before = scan('forward', select(isPositive, div(x, positives), ZERO));
  const [after = ZERO] = simplify([before], 'real');
  sameOnSamples(before, after, false, 3, 1e-12);
});

describe('simplify', () => {
  test('ends where no rule applies, in both modes, on every instance', () => {
    for (const { instances } of RULES) {
      for (const mode of ['float', 'real'] as const) {
        const once = simplify(instances, mode);
        simplify(once, mode).forEach((twice, at) => expect(sameExpr(twice, once[at] ?? twice)).toBe(true));
      }
    }
  });
  test('every rule has its own name', () => {
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  });
});

describe('what is known already ends', () => {
  test.each([
    ['sum[others where true](if any[others where true](value > 0) then value else 0)', 'a literal condition'],
    ['logsumexp[others where true](if all[others](true) then value else 1, anchor: value)', 'an anchor'],
    ['quantile[others where count[rollout] > 1](value, 0.25)', 'a share'],
  ])('%s, %s', (expression) => {
    const [unit] = analyze(`objective example {
  model value : rollout
  minimize sum[rollout in batch](value * ${expression})
}
`).units;
    if (unit === undefined) throw new Error('no objective');
    const { loss, gradients } = onlyLoss(unit.program);
    const roots = [loss, ...gradients.map((one) => one.value)];
    for (const mode of ['float', 'real'] as const) expect(simplify(roots, mode)).toHaveLength(roots.length);
  });
});
