/** The metrics of a training step: with the loss, in the pass that computes it, through whatever tfjs differentiates. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { openOrSkip } from '../backends/backend.js';
import { compileToModule, programOf, type Batch, type ObjectiveModule } from './compiled.js';

const TEXT = `objective o {
  model logp : token
  minimize mean[token in batch](logp * logp)
  metric total = sum[token in batch](logp)
  metric mean_logp = mean[token in batch](logp)
}`;
type Metrics = Readonly<Record<string, tf.Scalar>>;

const numbersOf = (metrics: Metrics): Readonly<Record<string, number | undefined>> =>
  Object.fromEntries(Object.entries(metrics).map(([name, one]) => [name, one.dataSync()[0]]));

describe.each([
  ['operations', { kernels: false }],
  ['kernels', { kernels: true }],
] as const)('%s', (_way, options) => {
  let module: ObjectiveModule;
  let batch: Batch;
  let logp: tf.Variable;
  beforeEach(async (context) => {
    await openOrSkip('cpu', context);
    module = await compileToModule(programOf(TEXT), options);
    logp = tf.variable(tf.tensor2d([[-1, -3]]));
    batch = { group: [0], mask: tf.ones([1, 2]) };
    return () => {
      tf.dispose([logp, batch['mask'] as tf.Tensor]);
    };
  });

  test('are what the functions of their own compute', () => {
    const layout = module.prepare(batch);
    const whole = { ...batch, logp };
    const { loss, gradients, metrics } = module.lossGradientsAndMetrics(whole, layout);
    expect([loss.dataSync()[0], numbersOf(metrics)]).toEqual([5, { total: -4, mean_logp: -2 }]);
    expect(gradients['logp']?.arraySync()).toEqual([[-1, -3]]);
    const alone = module.metrics(whole, layout);
    expect(numbersOf(alone)).toEqual(numbersOf(metrics));
    tf.dispose([loss, gradients, metrics, alone]);
    layout.dispose();
  });

  test('are reported once by a loss that is differentiated, in its scope', () => {
    const before = tf.memory().numTensors;
    const layout = module.prepare(batch);
    const reports: Metrics[] = [];
    const { value, grads } = tf.variableGrads(
      () =>
        module.loss({ ...batch, logp }, layout, {}, (metrics) => {
          reports.push(metrics);
          expect(numbersOf(metrics)).toEqual({ total: -4, mean_logp: -2 });
          tf.keep(metrics['total'] ?? tf.scalar(NaN));
        }),
      [logp],
    );
    expect(reports).toHaveLength(1);
    const { total: kept, mean_logp: freed } = reports[0] ?? {};
    expect(value.dataSync()[0]).toBe(5);
    expect(grads[logp.name]?.arraySync()).toEqual([[-1, -3]]);
    expect([kept?.isDisposed, freed?.isDisposed]).toEqual([false, true]);
    expect(kept?.dataSync()[0]).toBe(-4);
    tf.dispose([value, grads]);
    kept?.dispose();
    layout.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('are reported where nobody differentiates, and nothing is left of the gradients', () => {
    const before = tf.memory().numTensors;
    const layout = module.prepare(batch);
    let reported: Metrics = {};
    const loss = module.loss({ ...batch, logp }, layout, {}, (metrics) => {
      reported = metrics;
    });
    expect([loss.dataSync()[0], numbersOf(reported)]).toEqual([5, { total: -4, mean_logp: -2 }]);
    tf.dispose([loss, reported]);
    layout.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('are none of an objective without any, and the report says so', async () => {
    const bare = await compileToModule(
      programOf('objective o {\n  model logp : token\n  minimize mean[token in batch](logp)\n}'),
      options,
    );
    const layout = bare.prepare(batch);
    const reports: Metrics[] = [];
    const loss = bare.loss({ ...batch, logp }, layout, {}, (metrics) => reports.push(metrics));
    const together = bare.lossGradientsAndMetrics({ ...batch, logp }, layout);
    expect([reports, together.metrics]).toEqual([[{}], {}]);
    expect(together.gradients['logp']?.arraySync()).toEqual([[0.5, 0.5]]);
    tf.dispose([loss, together]);
    layout.dispose();
  });

  test('a report that throws leaves nothing but what it was given', () => {
    const before = tf.memory().numTensors;
    const layout = module.prepare(batch);
    const failing = (metrics: Metrics): void => {
      tf.dispose(metrics);
      throw new Error('no room in the log');
    };
    expect(() => module.loss({ ...batch, logp }, layout, {}, failing)).toThrow('no room in the log');
    const differentiate = (): unknown =>
      tf.variableGrads(() => module.loss({ ...batch, logp }, layout, {}, failing), [logp]);
    expect(differentiate).toThrow('no room in the log');
    layout.dispose();
    // What tfjs saves for a derivative it keeps where a function throws, whoever made it: one for each model input.
    expect(tf.memory().numTensors).toBeLessThanOrEqual(before + 1);
  });
});
