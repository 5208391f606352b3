/** Emitted tfjs code against the reference, on every backend that the machine has, for every objective. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { openOrSkip, requestedBackends } from '../backends/backend.js';
import { randomFrom } from '../property/batches.js';
import { ROOT } from '../sources.js';
import { disposeBatch, randomBatch, toTensors } from './batches.js';
import { compute, differ } from './compare.js';
import { compileToModule, objective, programOf } from './compiled.js';
import { EXTREMES } from './programs.js';

const objectives = readdirSync(join(ROOT, 'objectives'))
  .filter((name) => name.endsWith('.obj'))
  .map((name) => name.slice(0, -'.obj'.length))
  .sort();
const programs = [
  ...objectives.map((name) => [name, () => objective(name)] as const),
  ...EXTREMES.map(([name, text]) => [name, () => programOf(text)] as const),
];
const SHAPES = [
  { rollouts: 8, positions: 5, regular: true },
  { rollouts: 11, positions: 4, regular: false },
  { rollouts: 1, positions: 1, regular: true },
  { rollouts: 6, positions: 1, regular: false },
];

describe.each(requestedBackends())('%s', (backend) => {
  test.each(programs)('%s agrees with the reference', async (_name, load) => {
    await opened(backend);
    const program = load();
    const module = await compileToModule(program);
    const random = randomFrom(7);
    for (const [at, shape] of [...SHAPES, ...SHAPES].entries()) {
      const params = Object.fromEntries(program.params.map(({ name, default: value }) => [name, (value ?? 0.5) || 0.25]));
      const worst = await differ(program, module, random, shape, params);
      expect({ at, ...worst, ok: Math.max(worst.gradient, worst.loss, worst.metric) <= 1 }).toMatchObject({
        ok: true,
      });
    }
  });

  test.each(programs)('%s does not read masked positions', async (_name, load) => {
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

  test.each(['grpo', 'real'])('%s leaks nothing', async (name) => {
    await opened(backend);
    const program = objective(name);
    const module = await compileToModule(program);
    const raw = randomBatch(randomFrom(5), program.inputs, { rollouts: 6, positions: 3, regular: false });
    const batch = toTensors(raw, program.inputs);
    const layout = module.prepare(batch);
    const step = (): void => {
      const { loss, gradients } = module.lossAndGradients(batch, layout, { std_eps: 1e-6, tau: 0.5 });
      tf.dispose([loss, gradients, module.metrics(batch, layout), module.loss(batch, layout)]);
    };
    step();
    const before = tf.memory();
    for (let at = 0; at < (backend === 'webgpu' ? 50 : 1000); at += 1) step();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
    layout.dispose();
    disposeBatch(batch);
  });
});

async function opened(backend: Parameters<typeof openOrSkip>[0]): Promise<void> {
  const context = { skip: (why: string) => expect.fail(why) } as never;
  await openOrSkip(backend, context);
  // Small tensors are else computed on the host, which proves nothing.
  if (backend === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false);
}
