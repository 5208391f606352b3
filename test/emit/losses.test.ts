/** Modules with several losses, tags and bounds that name parameters: code against the reference, and what it refuses. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { evaluateProgram } from '../../src/evaluation.js';
import { BatchError } from '../../src/runtime/index.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { lossesOf, type EvaluatedLoss } from '../../src/report/evaluated.js';
import { openBackend, openOrSkip, requestedBackends } from '../backends/backend.js';
import { randomFrom } from '../property/batches.js';
import { disposeBatch, randomBatch, toTensors, type RawBatch } from './batches.js';
import { deviation } from './compare.js';
import { compileToModule, programOf, type Batch, type ObjectiveModule } from './compiled.js';
import { ACTOR_CRITIC } from './programs.js';

const SHAPES = [
  { rollouts: 8, positions: 5, regular: true },
  { rollouts: 9, positions: 4, regular: false },
  { rollouts: 1, positions: 1, regular: true },
];

function referenceOf(
  program: DerivedProgram,
  raw: RawBatch,
): { readonly losses: readonly EvaluatedLoss[]; readonly metrics: Readonly<Record<string, number>> } {
  const outcome = evaluateProgram(program, raw, {});
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  return { losses: lossesOf(outcome.evaluation), metrics: outcome.evaluation.metrics };
}

const read = async (tensor: tf.Tensor): Promise<readonly number[]> => {
  const values = Array.from(await tensor.data());
  tensor.dispose();
  return values;
};

/** The worst deviations of one loss: of its value in three ways, of its gradients in two, with the metrics, and of those that tfjs asks it for. */
async function compared(
  of: ObjectiveModule['losses'][string],
  batch: Batch,
  layout: ReturnType<ObjectiveModule['prepare']>,
  expected: EvaluatedLoss,
  metrics: Readonly<Record<string, number>>,
): Promise<Readonly<Record<string, number>>> {
  const close = ([got = NaN]: readonly number[]): number =>
    Math.abs(got - expected.loss) / (1e-5 * (Math.abs(expected.loss) + 0.1));
  const { loss, gradients } = of.lossAndGradients(batch, layout);
  const together = of.lossGradientsAndMetrics(batch, layout);
  expect(Object.keys(gradients)).toEqual(Object.keys(expected.grad));
  const names = Object.keys(gradients);
  const byTfjs = tf.grads((...given: tf.Tensor[]) =>
    of.loss(
      { ...batch, ...Object.fromEntries(names.map((name, at) => [name, given[at] ?? tf.scalar(0)])) },
      layout,
    ),
  )(names.map((name) => batch[name] as tf.Tensor));
  let [worst, worstByTfjs] = [0, 0];
  for (const [at, name] of names.entries()) {
    const [own, other, whole] = [gradients[name], byTfjs[at], together.gradients[name]];
    if (own === undefined || other === undefined || whole === undefined) throw new Error('no gradient');
    for (const one of [own, whole]) worst = Math.max(worst, deviation(await read(one), expected.grad[name]));
    worstByTfjs = Math.max(worstByTfjs, deviation(await read(other), expected.grad[name]));
  }
  for (const [name, value] of Object.entries(metrics))
    worst = Math.max(worst, deviation(await read(together.metrics[name] ?? tf.scalar(NaN)), value, 10));
  return {
    loss: close(await read(loss)),
    together: close(await read(together.loss)),
    alone: close(await read(of.loss(batch, layout))),
    worst,
    worstByTfjs,
  };
}

describe.each(requestedBackends())('%s', (backend) => {
  beforeAll(async () => {
    await openOrSkip(backend, { skip: (why: string) => expect.fail(why) } as never);
    if (backend === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false);
  });

  test('every loss agrees with the reference', async () => {
    const program = programOf(ACTOR_CRITIC);
    const module = await compileToModule(program);
    expect(Object.keys(module.losses)).toEqual(['actor', 'critic', 'both']);
    const random = randomFrom(21);
    let before: number | undefined;
    for (const shape of [...SHAPES, ...SHAPES]) {
      const raw = randomBatch(random, program.inputs, shape);
      const batch = toTensors(raw, program.inputs);
      const layout = module.prepare(batch);
      const { losses, metrics } = referenceOf(program, raw);
      for (const expected of losses) {
        const own = module.losses[expected.name ?? ''];
        if (own === undefined) throw new Error('no loss');
        const found = await compared(own, batch, layout, expected, metrics);
        expect({ ...found, name: expected.name, ok: Math.max(...Object.values(found)) <= 1 }).toMatchObject({
          ok: true,
        });
      }
      layout.dispose();
      disposeBatch(batch);
      before ??= tf.memory().numTensors;
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  test('neighbouring ids stay apart at every level', async () => {
    const program = programOf(`objective neighbours {
      model logp : token
      tag action : token
      tag task : rollout
      tag topic : group
      tag run : batch
      minimize mean[token in batch](logp)
      metric literal = count[token in batch where action == 16777217]
      metric negative = count[token in batch where action == -2147483648]
      metric beyond = count[token in batch where action == 2147483648]
      metric not_beyond = count[token in batch where action != -2147483649]
      metric by_rollout = count[token in batch where action == task]
      metric by_group = count[token in batch where action == topic]
      metric by_batch = count[token in batch where action == run]
      metric up = count[rollout in batch where task == topic]
      metric other = count[group in batch where topic != run]
    }`);
    const raw: RawBatch = {
      group: [3, 1, 3],
      mask: [
        [1, 1],
        [1, 1],
        [1, 0],
      ],
      logp: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      action: [
        [16777216, 16777217],
        [16777217, 2147483647],
        [-2147483648, 16777217],
      ],
      task: [16777217, 16777216, 2147483647],
      topic: [16777217, 2147483646],
      run: 16777216,
    };
    const outcome = evaluateProgram(program, raw, {});
    if ('problem' in outcome) throw new Error(outcome.problem.message);
    const { metrics } = outcome.evaluation;
    expect(metrics).toEqual({
      literal: 2,
      negative: 1,
      beyond: 0,
      not_beyond: 5,
      by_rollout: 1,
      by_group: 1,
      by_batch: 1,
      up: 0,
      other: 2,
    });
    const module = await compileToModule(program);
    const batch = toTensors(raw, program.inputs, false);
    const layout = module.prepare(batch);
    for (const [name, tensor] of Object.entries(module.metrics(batch, layout)))
      expect([name, ...(await read(tensor))]).toEqual([name, metrics[name]]);
    await module.validate(batch);
    layout.dispose();
    disposeBatch(batch);
  });
});

describe('exports', () => {
  beforeAll(async () => {
    await openBackend('cpu');
  });
  const single = (as: string): string =>
    `objective single { model logp : token  minimize mean[token in batch](-logp)${as} }`;

  test.each([
    ['', 'loss'],
    [' as actor', 'actor'],
  ])('one loss%s is exported as it is, and listed as `%s`', async (as, name) => {
    const module = await compileToModule(programOf(single(as)));
    expect(module.losses).toEqual({
      [name]: {
        loss: module.loss,
        lossAndGradients: module.lossAndGradients,
        lossGradientsAndMetrics: module.lossGradientsAndMetrics,
      },
    });
    expect(module.loss).toBeTypeOf('function');
  });

  test('several are behind their names only', async () => {
    const module: object = await compileToModule(programOf(ACTOR_CRITIC));
    expect(Object.keys(module).sort()).toEqual([
      'BatchError',
      'defaults',
      'inputs',
      'losses',
      'metrics',
      'name',
      'parameters',
      'prepare',
      'validate',
    ]);
  });

  const NAMES = [
    'class',
    'tf',
    'loss',
    'losses',
    'metrics',
    'args',
    'select',
    'τ',
    '变量',
    '__proto__',
    'constructor',
    'eval',
    'lossAlone_other',
  ];
  test.each(NAMES)('%s is a name like any other', async (name) => {
    const program = programOf(`objective named {
      model logp : token
      minimize sum[token in batch](2 * logp) as ${name}
      minimize sum[token in batch](3 * logp) as other
    }`);
    const options = [{}, { standalone: true }, { language: 'js', standalone: true }] as const;
    for (const option of options) {
      const { losses, prepare } = await compileToModule(program, option);
      const batch: Batch = { group: [0], mask: tf.tensor2d([[1, 1]]), logp: tf.tensor2d([[1, 2]]) };
      const layout = prepare(batch);
      const found = Object.entries(losses).map(([key, { lossAndGradients }]) => {
        const { loss, gradients } = lossAndGradients(batch, layout);
        return [key, loss.dataSync()[0], [...(gradients['logp']?.dataSync() ?? [])]];
      });
      expect(found).toEqual([
        [name, 6, [2, 2]],
        ['other', 9, [3, 3]],
      ]);
    }
  });
});

describe('what is refused', () => {
  beforeAll(async () => {
    await openBackend('cpu');
  });
  const drawn = (program: DerivedProgram): Batch =>
    toTensors(
      randomBatch(randomFrom(3), program.inputs, { rollouts: 4, positions: 2, regular: true }),
      program.inputs,
    );

  test('tags that are no integers, also where nobody validates', async () => {
    const program = programOf(ACTOR_CRITIC);
    const module = await compileToModule(program);
    const batch = { ...drawn(program), task: tf.tensor1d([1, 2, 3, 4], 'float32') };
    const layout = module.prepare(batch);
    expect(() => module.losses['actor']?.loss(batch, layout)).toThrow('`task` holds float32, expected int32');
    await expect(module.validate(batch)).rejects.toThrow('`task` holds float32, expected int32');
    // The critic does not read it.
    expect(module.losses['critic']?.loss(batch, layout).dataSync()[0]).toBeTypeOf('number');
  });

  const BOUNDED = `objective bounded {
    param low in (0, 1) = 0.25
    param high in [low, inf) = 0.5
    param k in integer [-high, high] = 0
    model logp : token
    data x : rollout in (low, high]
    data y : group in [-high, high]
    data z : batch in integer (-high, inf)
    tag task : rollout in integer [1, high]
    minimize mean[token in batch](logp * x * y * z * k + (if task == 1 then logp else 0))
  }`;
  const GOOD = { x: [1, 2, 3, 4], y: [-4, 4], z: -3, task: [1, 2, 3, 4] };
  const params = { high: 4 };

  test.each<[Record<string, number | number[]>, Record<string, number>, string]>([
    [{}, { low: 0.75 }, 'the default of `high` is 0.5, expected a value in [low, inf) = [0.75, inf)'],
    [{}, { low: 0.5, high: 0.25 }, '`high` is 0.25, expected a value in [low, inf) = [0.5, inf)'],
    [{}, { high: 4, k: 5 }, '`k` is 5, expected an integer in [-high, high] = [-4, 4]'],
    [{}, { high: 4, k: 0.5 }, '`k` is 0.5, expected an integer in [-high, high] = [-4, 4]'],
    [{}, { high: 4, low: 1 }, '`low` is 1, expected a value in (0, 1)'],
    [{ x: [1, 2, 5, 4] }, params, '`x[2]` is 5, expected a value in (low, high] = (0.25, 4]'],
    [{ x: [0.25, 2, 3, 4] }, params, '`x[0]` is 0.25, expected a value in (low, high] = (0.25, 4]'],
    [{ y: [1, -5] }, params, '`y[1]` is -5, expected a value in [-high, high] = [-4, 4]'],
    [{ y: [1] }, params, '`y` has shape [1], expected [2]'],
    [{ z: -4 }, params, '`z` is -4, expected an integer in (-high, inf) = (-4, inf)'],
    [{ task: [1, 2, 0, 1] }, params, '`task[2]` is 0, expected an integer in [1, high] = [1, 4]'],
  ])('%j with %j', async (more, given, message) => {
    const program = programOf(BOUNDED);
    const module = await compileToModule(program);
    const tensors = (values: Record<string, number | readonly number[]>): object =>
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          tf.tensor(value as number[], undefined, name === 'task' ? 'int32' : 'float32'),
        ]),
      );
    const base = { ...drawn(program), group: [0, 0, 1, 1] };
    await module.validate({ ...base, ...tensors(GOOD) }, params);
    const wrong = module.validate({ ...base, ...tensors({ ...GOOD, ...more }) }, given);
    await expect(wrong).rejects.toThrow(message);
    await expect(wrong).rejects.toBeInstanceOf(BatchError);
  });

  test('an end that float32 rounds is still part of the domain', async () => {
    const program = programOf(`objective rounded {
      param high in (0, 1) = 0.3
      model logp : token
      data x : rollout in [0.1, high]
      minimize mean[token in batch](logp * x)
    }`);
    const module = await compileToModule(program);
    const x = (one: number): Batch => ({ ...drawn(program), x: tf.tensor1d([0.2, one, 0.1, 0.3]) });
    await module.validate(x(0.3));
    await expect(module.validate(x(0.301))).rejects.toThrow('expected a value in [0.1, high] = [0.1, 0.3]');
    await expect(module.validate(x(0.099))).rejects.toThrow('expected a value in [0.1, high] = [0.1, 0.3]');
  });
});
