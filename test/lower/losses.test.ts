/** Several losses, tags and inputs of every level: values and gradients worked out by hand. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { checkBatch, evaluateProgram } from '../../src/evaluation.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import type { Evaluated } from '../../src/report/evaluated.js';

function programOf(...items: readonly string[]): DerivedProgram {
  const { units, diagnostics } = analyze(`objective example {\n  ${items.join('\n  ')}\n}\n`);
  const [unit] = units;
  if (unit === undefined) throw new Error(diagnostics.map(({ title }) => title).join('\n'));
  return unit.program;
}

function evaluated(
  program: DerivedProgram,
  batch: object,
  params: Readonly<Record<string, number>> = {},
): Evaluated {
  const outcome = evaluateProgram(program, { ...batch }, params);
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  return outcome.evaluation;
}

/** Two groups out of order of id; the third rollout is without tokens. */
const BATCH = {
  group: [9, 4, 9],
  mask: [
    [1, 1],
    [1, 0],
    [0, 0],
  ],
  logp: [
    [-1, -2],
    [-3, NaN],
    [NaN, NaN],
  ],
  value: [
    [1, 2],
    [0, 7],
    [7, 7],
  ],
  target: [
    [2, 2],
    [-1, 7],
    [7, 7],
  ],
};
const INPUTS = ['model logp : token', 'model value : token', 'data target : token'];

describe('several losses', () => {
  test('an actor and a critic: each has its value and the gradients of what it reaches', () => {
    const program = programOf(
      ...INPUTS,
      'let advantage = stop(target - value)',
      'maximize sum[token in batch](logp * advantage) as actor',
      'minimize 0.5 * sum[token in batch](square(value - target)) as critic',
      'metric mean_value = mean[token in batch](value)',
    );
    // Advantages 1, 0, −1: the objective is −1 + 3, the loss its negative.
    expect(evaluated(program, BATCH)).toEqual({
      objective: 'example',
      loss: { actor: -2, critic: 1 },
      grad: {
        actor: {
          logp: [
            [-1, -0],
            [1, 0],
            [0, 0],
          ],
        },
        critic: {
          value: [
            [-1, 0],
            [1, 0],
            [0, 0],
          ],
        },
      },
      metrics: { mean_value: 1 },
    });
  });

  test('an input that both reach is in both, and has its own gradient in each', () => {
    const program = programOf(
      'model logp : token',
      'minimize sum[token in batch](logp) as one',
      'minimize sum[token in batch](square(logp)) as two',
    );
    const { loss, grad } = evaluated(program, BATCH);
    expect([loss, grad]).toEqual([
      { one: -6, two: 14 },
      {
        one: {
          logp: [
            [1, 1],
            [1, 0],
            [0, 0],
          ],
        },
        two: {
          logp: [
            [-2, -4],
            [-6, 0],
            [0, 0],
          ],
        },
      },
    ]);
  });

  test('one with a name is given as one without', () => {
    const items = (as: string): readonly string[] => [
      'model logp : token',
      'model value : token',
      `minimize sum[token in batch](logp)${as}`,
      'metric m = sum[token in batch](value)',
    ];
    const named = evaluated(programOf(...items(' as actor')), BATCH);
    expect(named).toEqual(evaluated(programOf(...items('')), BATCH));
    // What a loss that is alone does not reach has the gradient 0.
    expect(named.grad).toMatchObject({
      value: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    });
  });

  test.each(['__proto__', 'constructor', 'toString', 'τ', 'loss'])('%s is a name like any other', (name) => {
    const program = programOf(
      'model logp : token',
      `minimize sum[token in batch](logp) as ${name}`,
      'minimize sum[token in batch](2 * logp) as other',
    );
    const { loss, grad } = evaluated(program, BATCH);
    expect(Object.entries(loss)).toEqual([
      [name, -6],
      ['other', -12],
    ]);
    expect(Object.keys(grad)).toEqual([name, 'other']);
  });
});

describe('tags', () => {
  const batch = {
    ...BATCH,
    action: [
      [5, 6],
      [5, 'none'],
      [null, 0.5],
    ],
    task: [2 ** 53 - 1, 5, 2 ** 53 - 2],
    topic: [5, 2 ** 53 - 1],
    run: 5,
  };
  const TAGS = [
    'model logp : token',
    'tag action : token',
    'tag task : rollout',
    'tag topic : group',
    'tag run : batch',
  ];

  test.each([
    ['token', 'action == 5', 2],
    ['token', 'action != 5', 1],
    ['token', '6 == action', 1],
    ['token', 'action == run', 2],
    ['token', 'action == task', 1],
    ['token', 'action != topic', 2],
    ['rollout', 'task == topic', 2],
    ['rollout', 'task != topic', 1],
    ['rollout', 'task == 9007199254740991', 1],
    ['rollout', 'task == 9007199254740990', 1],
    ['rollout', 'task == -5', 0],
    ['group', 'topic == run', 1],
    ['group', 'topic == topic', 2],
    ['rollout', 'any[token](action == 6) or task == run', 2],
  ])('of all %ss, %s holds for %i', (level, condition, expected) => {
    const program = programOf(
      ...TAGS,
      'minimize mean[token in batch](logp)',
      `metric n = count[${level} in batch where ${condition}]`,
    );
    expect(evaluated(program, batch).metrics).toEqual({ n: expected });
  });

  test('a tag chooses who takes the gradient', () => {
    const program = programOf(
      'model logp : token',
      'tag task : rollout',
      'minimize sum[token in batch where task == 5](logp)',
    );
    expect(evaluated(program, batch).grad).toEqual({
      logp: [
        [0, 0],
        [1, 0],
        [0, 0],
      ],
    });
  });
});

describe('values per group and per batch', () => {
  const program = programOf(
    'param cap in (0, inf) = 10',
    'model logp : token',
    'model log_z : group',
    'model shift : batch',
    'data weight : group in [0, cap]',
    'data step : batch in integer [1, inf)',
    'minimize mean[group in batch](weight * mean[rollout](log_z + sum[token](logp))) + shift * step',
    'metric first = sum[group in batch](if weight > 5 then log_z else 0)',
  );
  // Group 4 comes before group 9.
  const batch = { ...BATCH, log_z: [100, 1], shift: 0.5, weight: [2, 6], step: 4 };

  test('groups are in ascending order of id, whatever the order of the rollouts', () => {
    const { loss, grad, metrics } = evaluated(program, batch);
    // Group 4: 2 · (100 − 3); group 9: 6 · ((1 − 3) + 1) / 2.
    expect(loss).toBeCloseTo((2 * 97 + (6 * (-2 + 1)) / 2) / 2 + 2, 12);
    expect(grad).toEqual({
      logp: [
        [1.5, 1.5],
        [1, 0],
        [0, 0],
      ],
      log_z: [1, 3],
      shift: 4,
    });
    expect(metrics).toEqual({ first: 1 });
  });

  test.each([
    [{ log_z: [1, 2, 3] }, '`log_z` has 3 entries, expected 2, one per group'],
    [{ log_z: 1 }, '`log_z` is 1, expected one number per group, in ascending order of id'],
    [{ weight: [11, 1] }, '`weight[0]` is 11, expected a value in [0, cap] = [0, 10]'],
    [{ weight: [1, -1] }, '`weight[1]` is -1, expected a value in [0, cap] = [0, 10]'],
    [{ step: [1] }, '`step` is a list of 1, expected a number'],
    [{ step: 1.5 }, '`step` is 1.5, expected an integer in [1, inf)'],
  ])('%j is refused', (more, message) => {
    for (const outcome of [
      evaluateProgram(program, { ...batch, ...more }, {}),
      checkBatch(program, { ...batch, ...more }, {}),
    ])
      expect(outcome).toHaveProperty('problem.message', message);
  });

  test('a bound follows its parameter', () => {
    const outcome = evaluateProgram(program, batch, { cap: 4 });
    expect(outcome).toHaveProperty(
      'problem.message',
      '`weight[1]` is 6, expected a value in [0, cap] = [0, 4]',
    );
  });
});

describe('assumptions', () => {
  const program = programOf(
    'model logp : token',
    'model log_z : group',
    'tag task : rollout',
    'tag topic : group',
    'data step : batch',
    'assume task != -1',
    'assume topic != task or log_z > 0',
    'assume step == 1 or log_z <= 10',
    'minimize mean[token in batch](logp) + mean[group in batch](log_z)',
  );
  const batch = { ...BATCH, log_z: [1, 2], task: [1, 2, 3], topic: [2, 8], step: 0 };

  test('a batch may keep them', () => expect(checkBatch(program, batch, {})).toEqual({ notes: [] }));

  test.each([
    [{ task: [1, 2, -1] }, 'the batch breaks `assume task != -1` at rollout 2'],
    [{ log_z: [-1, 2] }, 'the batch breaks `assume topic != task or log_z > 0` at rollout 1'],
    [{ log_z: [1, 11] }, 'the batch breaks `assume step == 1 or log_z <= 10` at group 1'],
  ])('%j breaks one', (more, message) => {
    expect(checkBatch(program, { ...batch, ...more }, {})).toHaveProperty('problem.message', message);
  });
});
