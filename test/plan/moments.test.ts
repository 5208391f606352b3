/** Sums of deviations, taken apart so that a later walk is not waited for: the same values, whatever the tokens are. */
import { expect, test } from 'vitest';
import type { Ragged } from '../../src/base/ragged.js';
import { analyze, forCode } from '../../src/compile.js';
import { evaluate } from '../../src/ir/eval.js';
import type { Expr } from '../../src/ir/expr.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { expandedEarly } from '../../src/plan/fused/moments.js';
import { fusedPlans } from '../../src/plan/fused/plans.js';
import { trafficOf } from '../../src/plan/fused/traffic.js';
import { wantedOf } from '../../src/plan/wanted.js';
import { randomFrom, randomRagged, valuesAt } from '../property/batches.js';

/** The costs of `x`, which the model computes, and of data; `walks` are those for loss and gradient. */
const COSTS: readonly (readonly [cost: string, walks: number])[] = [
  ['var[token in batch](x)', 2],
  ['pvar[token in batch](x)', 2],
  ['std[token in batch where y > 0](x)', 2],
  ['mean[group in batch](var[token in group](x))', 2],
  ['mean[group in batch](std[token in group where y > r](x - r))', 2],
  ['sum[token in batch](x * (y - mean[token in batch](y)) / sqrt(var[token in batch](y) + 1))', 2],
  ['sum[token in batch where y > 0](x * (y - mean[token in batch where y > 0](y)))', 2],
  ['mean[rollout in batch](mean[token]((x - r * mean[token in batch](y)) ^ 2))', 2],
  ['sum[token in batch]((mean[token in batch](x) - x) ^ 2 * r)', 2],
  ['sum[rollout in batch](sum[token]((x - max[token in batch](x, anchor: 0)) / 3) ^ 2)', 2],
  ['sum[token in batch]((x - mean[token in batch](y)) / var[token in batch](y))', 2],
  ['sum[token in batch]((x - max[token in batch](y, anchor: 0)) ^ 2)', 2],
  ['sum[token in batch where y > 0 and mean[token in batch](y) > 0]((x - mean[token in batch](x)) ^ 2)', 2],
  ['sum[token in batch](x) * mean[token in batch](y) + var[token in batch](y)', 2],
  [
    'sum[rollout in batch](if any[token where y < 1](y > 0 and mean[token in batch](x) < 0) then sum[token](x) else 0)',
    2,
  ],
  // What is squared is no sum of a token and of what all tokens share.
  ['sum[token in batch]((x * mean[token in batch](y)) ^ 2)', 2],
  // The tokens that count are known no earlier than the mean.
  ['sum[token in batch where y > mean[token in batch](y)]((x - mean[token in batch](y)) ^ 2)', 2],
];

function programOf(cost: string): DerivedProgram {
  const [unit] = analyze(`objective example {
  model x : token
  data y : token
  data r : rollout
  minimize ${cost}
}`).units;
  if (unit === undefined) throw new Error(`wrong: ${cost}`);
  return forCode(unit.program);
}
const valuesOf = (program: DerivedProgram): readonly Expr[] =>
  program.losses.flatMap((loss) => wantedOf(program, loss).map(({ value }) => value));

type Draw = (random: () => number) => number;
const ordinary: Draw = (random) => 4 * random() - 2;
const DRAWS: Readonly<Record<string, Draw>> = {
  ordinary,
  'far from 0': (random) => 1e4 + random(),
  equal: () => 0.1,
  'with infinities': (random) => (random() < 0.1 ? Infinity : random() < 0.1 ? -Infinity : ordinary(random)),
  'with one kind of infinity': (random) => (random() < 0.2 ? Infinity : ordinary(random)),
  'with NaN': (random) => (random() < 0.1 ? NaN : ordinary(random)),
};

/** Whether two values are as near as rounding of numbers up to a size allows. */
const isClose = (a: number, b: number, size: number): boolean =>
  a === b || Math.abs(a - b) <= 1e-9 * size || (Number.isNaN(a) && Number.isNaN(b));

function sample(ragged: Ragged, draw: Draw, random: () => number): ReadonlyMap<string, Float64Array> {
  const ofData = random() < 0.5 ? draw : ordinary;
  return new Map([
    ['x', valuesAt(ragged, 'token', () => draw(random))],
    ['y', valuesAt(ragged, 'token', () => ofData(random))],
    ['r', valuesAt(ragged, 'rollout', () => ordinary(random))],
  ]);
}

test.each(COSTS)('%s', (cost, walks) => {
  const program = programOf(cost);
  const plan = fusedPlans(program, []).losses[0]?.plan;
  expect(plan && trafficOf(plan).walks).toBe(walks);
  const whole = valuesOf(program);
  const random = randomFrom(7);
  for (const [name, draw] of Object.entries(DRAWS))
    for (let round = 0; round < 12; round += 1) {
      const ragged = randomRagged(random);
      const inputs = sample(ragged, draw, random);
      const [expected, early] = [whole, expandedEarly(whole)].map((form) =>
        evaluate(form, ragged, { params: new Map(), inputs }).map((one) => [...one]),
      );
      early?.forEach((all, at) => {
        const wanted = expected?.[at] ?? [];
        const size = Math.max(1, ...wanted.map(Math.abs).filter(Number.isFinite));
        if (all.every((one, place) => isClose(one, wanted[place] ?? NaN, size))) return;
        expect({ name, inputs, values: all }).toEqual({ name, inputs, values: wanted });
      });
    }
});

test('equal tokens have exactly their value for a mean, and deviate by exactly 0', () => {
  const program = programOf(
    'sum[token in batch](x * (y - mean[token in batch](y)) / (std[token in batch](y) + 1e-200))',
  );
  const random = randomFrom(3);
  for (let round = 0; round < 12; round += 1) {
    const ragged = randomRagged(random);
    const inputs = new Map([
      ['x', valuesAt(ragged, 'token', random)],
      ['y', valuesAt(ragged, 'token', () => 0.1)],
    ]);
    const [loss, gradient] = evaluate(expandedEarly(valuesOf(program)), ragged, {
      params: new Map(),
      inputs,
    });
    expect([...(loss ?? []), ...(gradient ?? [])].filter((one) => one !== 0)).toEqual([]);
  }
});
