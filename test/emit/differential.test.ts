/** Emitted tfjs code against the reference, on every backend that the machine has, for every objective. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import type { DerivedProgram } from '../../src/ir/program.js';
import type { Layout } from '../../src/runtime/index.js';
import { openOrSkip, requestedBackends } from '../backends/backend.js';
import { onlyLoss } from '../lower/lowered.js';
import { randomFrom } from '../property/batches.js';
import { disposeBatch, randomBatch, toTensors, withOne } from './batches.js';
import { AMPLIFIED, INFINITE_FACTOR, compute, deviation, differ, reference } from './compare.js';
import {
  OBJECTIVES,
  compileToModule,
  objective,
  programOf,
  type Batch,
  type ObjectiveModule,
} from './compiled.js';
import { EXTREMES } from './programs.js';

/** An objective as it is or, where it has several losses, each of them by itself. */
const ownPrograms = OBJECTIVES.flatMap((name) => {
  const program = objective(name);
  if (program.losses.length === 1) return [[name, program] as const];
  return program.losses.map((loss) => [`${name}, ${loss.name}`, withOnly(program, loss)] as const);
});
const programs = [
  ...ownPrograms.map(([name, program]) => [name, () => program] as const),
  ...EXTREMES.map(([name, text]) => [name, () => programOf(text)] as const),
];
const SHAPES = [
  { rollouts: 8, positions: 5, regular: true },
  { rollouts: 11, positions: 4, regular: false },
  { rollouts: 1, positions: 1, regular: true },
  { rollouts: 6, positions: 1, regular: false },
];

describe.each(requestedBackends())('%s', (backend) => {
  // Where kernels are held to the reference for every program, operations are for some.
  const every = ({ wasm: 4, webgpu: 6 } as Readonly<Record<string, number>>)[backend] ?? 1;
  const own = programs.filter((_, at) => at % every === 0);
  test.each(own)('%s agrees with the reference', async (name, load) => {
    await opened(backend);
    const program = load();
    const module = await compileToModule(program);
    const random = randomFrom(7);
    for (const [at, shape] of SHAPES.entries()) {
      const params = Object.fromEntries(
        program.params.map(({ name, default: value }) => [name, (value ?? 0.5) || 0.25]),
      );
      const worst = await differ(program, module, random, shape, params);
      expect({
        at,
        ...worst,
        ok: Math.max(worst.gradient, worst.loss, worst.metric) <= (AMPLIFIED[name] ?? 1),
      }).toMatchObject({
        ok: true,
      });
    }
  });

  test.each(own)('%s does not read masked positions', async (_name, load) => {
    await opened(backend);
    const program = load();
    const module = await compileToModule(program);
    const raw = randomBatch(randomFrom(3), program.inputs, { rollouts: 8, positions: 5, regular: false });
    const params = Object.fromEntries(program.params.map(({ name, default: value }) => [name, value ?? 0.5]));
    const [harmful, harmless] = [toTensors(raw, program.inputs, true), toTensors(raw, program.inputs, false)];
    expect(await compute(module, harmful, params)).toEqual(await compute(module, harmless, params));
    disposeBatch(harmful);
    disposeBatch(harmless);
  });

  test.each(
    [NaN, Infinity, -Infinity].flatMap((value) => ['logp', 'reward'].map((name) => [value, name] as const)),
  )('%s in %s that counts goes where the reference has it', { timeout: 180_000 }, async (value, input) => {
    await opened(backend);
    for (const [name, program] of ownPrograms) {
      // A label is 0 or 1, a log-probability that is declared as one is below 0; and not every objective has both.
      if (!program.inputs.some((one) => one.name === input && one.domain === undefined)) continue;
      if (value === Infinity && INFINITE_FACTOR.includes(name)) continue;
      const module = await compileToModule(program);
      for (const regular of backend === 'cpu' ? [true, false] : [false]) {
        const drawn = randomBatch(randomFrom(11), program.inputs, { rollouts: 8, positions: 4, regular });
        const raw = { ...drawn, [input]: withOne(drawn[input], drawn.mask, value) };
        const params = Object.fromEntries(program.params.map((one) => [one.name, one.default ?? 0.5]));
        const batch = toTensors(raw, program.inputs);
        const computed = await compute(module, batch, params);
        disposeBatch(batch);
        const expected = reference(program, raw, params);
        expect({ name, regular, loss: deviation([computed.loss], expected.loss, 10) <= 1 }).toMatchObject({
          loss: true,
        });
        for (const [key, one] of Object.entries(expected.grad)) {
          const worst = deviation(computed.gradients[key] ?? [], one, 10 * (AMPLIFIED[name] ?? 1));
          expect({ name, regular, key, worst, ok: worst <= 1 }).toMatchObject({ ok: true });
        }
      }
    }
  });

  test.each(own)('%s is differentiable by tfjs, with the same gradient', async (_name, load) => {
    await opened(backend);
    const program = load();
    const module = await compileToModule(program);
    const raw = randomBatch(randomFrom(9), program.inputs, { rollouts: 8, positions: 4, regular: false });
    const params = Object.fromEntries(program.params.map(({ name, default: value }) => [name, value ?? 0.5]));
    const batch = toTensors(raw, program.inputs);
    const layout = module.prepare(batch);
    const upstream = -2.5;
    const byTfjs = derivatives(program, module, batch, layout, params, upstream);
    const { loss, gradients } = module.lossAndGradients(batch, layout, params);
    expect(byTfjs).toHaveLength(Object.keys(gradients).length);
    for (const [at, one] of Object.values(gradients).entries()) {
      const [got, own] = [Array.from((await byTfjs[at]?.data()) ?? []), Array.from(await one.data())];
      expect(got.length).toBe(own.length);
      const largest = Math.max(...own.map(Math.abs));
      got.forEach((value, index) =>
        expect(Math.abs(value - upstream * (own[index] ?? NaN))).toBeLessThanOrEqual(3e-6 * largest),
      );
    }
    tf.dispose([loss, gradients, byTfjs]);
    layout.dispose();
    disposeBatch(batch);
  });

  test.each(['grpo', 'real'])('%s leaks nothing', { timeout: 180_000 }, async (name) => {
    await opened(backend);
    const program = objective(name);
    const module = await compileToModule(program);
    const raw = randomBatch(randomFrom(5), program.inputs, { rollouts: 6, positions: 3, regular: false });
    const batch = toTensors(raw, program.inputs);
    const layout = module.prepare(batch);
    const step = (): void => {
      const { loss, gradients } = module.lossAndGradients(batch, layout, { std_eps: 1e-6, tau: 0.5 });
      tf.dispose([loss, gradients, module.metrics(batch, layout), module.loss(batch, layout)]);
      tf.dispose(module.lossGradientsAndMetrics(batch, layout));
      tf.dispose(derivatives(program, module, batch, layout, { std_eps: 1e-6, tau: 0.5 }, 1));
      const own = module.prepare(batch);
      tf.dispose(module.metrics(batch, own));
      own.dispose();
    };
    step();
    const before = tf.memory();
    // What leaks once leaks every time; software WebGPU takes its time.
    const steps = backend === 'webgpu' ? 50 : 1000;
    for (let at = 0; at < steps; at += 1) step();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
    layout.dispose();
    disposeBatch(batch);
  });
});

/** One loss of several; what it does not reach is data to it. */
function withOnly(program: DerivedProgram, loss: DerivedProgram['losses'][number]): DerivedProgram {
  const reached = loss.gradients.map(({ input }) => input);
  const inputs = program.inputs.map((one) =>
    one.role === 'model' && !reached.includes(one.name) ? { ...one, role: 'data' as const } : one,
  );
  return { ...program, inputs, losses: [loss] };
}

/** What tfjs makes of the differentiable loss: `upstream` times the gradient, for every model input that it reaches. */
function derivatives(
  program: DerivedProgram,
  module: ObjectiveModule,
  batch: Batch,
  layout: Layout,
  params: Readonly<Record<string, number>>,
  upstream: number,
): tf.Tensor[] {
  const models = onlyLoss(program).gradients.map(({ input }) => input);
  const loss = (...xs: tf.Tensor[]): tf.Scalar =>
    module.loss(
      { ...batch, ...Object.fromEntries(models.map((name, at) => [name, xs[at]])) } as Batch,
      layout,
      params,
    );
  const inputs = models.map((name) => batch[name] as tf.Tensor);
  return tf.tidy(() => tf.grads(loss)(inputs, tf.scalar(upstream)));
}

test('few token values exist at a time', async () => {
  await opened('cpu');
  const program = objective('grpo');
  const module = await compileToModule(program);
  const shape = { rollouts: 8, positions: 256, regular: true };
  const batch = toTensors(randomBatch(randomFrom(6), program.inputs, shape), program.inputs);
  const layout = module.prepare(batch);
  const before = tf.memory().numBytes;
  const { kernels } = await tf.profile(() => {
    const { loss, gradients } = module.lossAndGradients(batch, layout);
    return [loss, ...Object.values(gradients)];
  });
  const peak = Math.max(...kernels.map(({ totalBytesSnapshot }) => totalBytesSnapshot)) - before;
  expect(peak / (4 * shape.rollouts * shape.positions)).toBeLessThan(9);
  layout.dispose();
  disposeBatch(batch);
});

async function opened(backend: Parameters<typeof openOrSkip>[0]): Promise<void> {
  const context = { skip: (why: string) => expect.fail(why) } as never;
  await openOrSkip(backend, context);
  // Small tensors are else computed on the host, which proves nothing.
  if (backend === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false);
}
