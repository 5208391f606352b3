/** Modules of tfjs that carry kernels, on TensorFlow: one call of a graph, compiled by XLA or not. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openOrSkip } from '../backends/backend.js';
import { disposeBatch, randomBatch, toTensors } from '../emit/batches.js';
import { AMPLIFIED, compute, differ } from '../emit/compare.js';
import { OBJECTIVES, compileWithKernels, objective, programOf, type KernelModule } from '../emit/compiled.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { EXTREMES } from '../emit/programs.js';
import { randomFrom } from '../property/batches.js';

const programs = [
  ...OBJECTIVES.map((name) => [name, () => objective(name)] as const),
  ...EXTREMES.map(([name, text]) => [name, () => programOf(text)] as const),
].filter(([, load]) => load().losses.length === 1);
const kernelModule = (name: string, standalone = false): Promise<KernelModule> =>
  compileWithKernels(objective(name), { standalone, language: 'js' });

beforeEach(async (context) => {
  await openOrSkip('node-gpu', context);
});
afterEach(() => {
  delete process.env['VERILOSS_PATH'];
});

const SHAPE = { rollouts: 11, positions: 7, regular: false };

async function expectReference(name: string, program: DerivedProgram, module: KernelModule): Promise<void> {
  const params = Object.fromEntries(program.params.map((one) => [one.name, (one.default ?? 0.5) || 0.25]));
  const worst = await differ(program, module, randomFrom(7), SHAPE, params);
  const most = Math.max(worst.gradient, worst.loss, worst.metric);
  expect({ ...worst, ok: most <= (AMPLIFIED[name] ?? 1) }).toMatchObject({ ok: true });
}

test.each(programs)('%s agrees with the reference, op by op', async (name, load) => {
  process.env['VERILOSS_PATH'] = 'graph';
  const program = load();
  const module = await compileWithKernels(program);
  expect(module.path().path).toBe('graph');
  await expectReference(name, program, module);
});

// Most of the graph is what a SavedModel has, which `savedmodel.test.ts` has XLA compile for every objective.
test.each(programs.filter(([name], at) => at % 16 === 4 || name === 'arithmetic'))(
  '%s agrees with the reference, compiled',
  async (name, load) => {
    const program = load();
    const module = await compileWithKernels(program);
    expect(module.path()).toEqual({ path: 'xla', why: 'the active backend is tensorflow' });
    await expectReference(name, program, module);
  },
);

describe('a module', () => {
  test('takes the way that one variable asks for', async () => {
    const module = await kernelModule('real');
    for (const path of ['xla', 'graph', 'ops']) {
      process.env['VERILOSS_PATH'] = path;
      expect(module.path()).toEqual({ path, why: 'VERILOSS_PATH asks for it' });
      const worst = await differ(objective('real'), module, randomFrom(3), SHAPE, { tau: 0.5 });
      expect(Math.max(worst.gradient, worst.loss, worst.metric)).toBeLessThanOrEqual(1);
    }
    process.env['VERILOSS_PATH'] = 'wasm';
    expect(() => module.path()).toThrow('which the active backend `tensorflow` does not have');
  });

  test('takes a number for each rollout as [B] and as [B, 1]', async () => {
    const { inputs } = objective('real');
    const module = await kernelModule('real');
    const batch = toTensors(randomBatch(randomFrom(5), inputs, SHAPE), inputs);
    const reward = batch['reward'] as tf.Tensor;
    const column = tf.reshape(reward, [SHAPE.rollouts, 1]);
    const [own, other] = [
      await compute(module, batch, {}),
      await compute(module, { ...batch, reward: column }, {}),
    ];
    expect(other).toEqual(own);
    column.dispose();
    disposeBatch(batch);
  });

  test('that stands alone has its graph, too', async () => {
    const module = await kernelModule('real', true);
    expect(module.path().path).toBe('xla');
    const worst = await differ(objective('real'), module, randomFrom(3), SHAPE, { tau: 0.5 });
    expect(Math.max(worst.gradient, worst.loss, worst.metric)).toBeLessThanOrEqual(1);
  });

  test('takes the plain graph where XLA is refused, and operations where TensorFlow takes neither', async () => {
    const backend = tf.backend() as unknown as { runSavedModel?: (...args: unknown[]) => unknown };
    const own = backend.runSavedModel;
    if (own === undefined) throw new Error('no such method');
    let calls = 0;
    const refuse = (message: string, times: number): void => {
      calls = 0;
      backend.runSavedModel = (...args) => {
        calls += 1;
        if (calls <= times) throw new Error(message);
        return own.apply(backend, args);
      };
    };
    try {
      refuse('no compiler', 1);
      const one = await kernelModule('grpo');
      expect(one.path()).toEqual({
        path: 'graph',
        why: 'the active backend is tensorflow; xla: no compiler',
      });
      refuse('nothing runs', Infinity);
      const other = await kernelModule('dapo');
      expect(other.path()).toEqual({ path: 'ops', why: 'xla: nothing runs; plain: nothing runs' });
      const worst = await differ(objective('dapo'), other, randomFrom(3), SHAPE, {});
      expect(Math.max(worst.gradient, worst.loss, worst.metric)).toBeLessThanOrEqual(1);
    } finally {
      delete backend.runSavedModel;
    }
  });

  test('has XLA compile so many shapes, and runs others op by op, each always the same way', async () => {
    const module = await kernelModule('sft');
    expect(module.path().path).toBe('xla');
    const backend = tf.backend() as unknown as { loadSavedModelMetaGraph?: (...args: unknown[]) => unknown };
    const own = backend.loadSavedModelMetaGraph;
    if (own === undefined) throw new Error('no such method');
    let loaded = 0;
    backend.loadSavedModelMetaGraph = (...args) => {
      loaded += 1;
      return own.apply(backend, args);
    };
    try {
      const { inputs } = objective('sft');
      const valueAt = (positions: number): number | undefined => {
        const batch = toTensors(
          randomBatch(randomFrom(positions), inputs, { rollouts: 4, positions, regular: false }),
          inputs,
        );
        const layout = module.prepare(batch);
        const loss = module.loss(batch, layout);
        const [value] = loss.dataSync();
        loss.dispose();
        layout.dispose();
        disposeBatch(batch);
        return value;
      };
      const sizes = Array.from({ length: 16 }, (_, at) => at + 1);
      const first = sizes.map(valueAt);
      expect(loaded).toBe(0);
      const seventeenth = valueAt(30);
      expect(loaded).toBe(1);
      const later = [seventeenth, valueAt(31)];
      expect(loaded).toBe(1);
      expect(sizes.map(valueAt)).toEqual(first);
      expect([valueAt(30), valueAt(31)]).toEqual(later);
      process.env['VERILOSS_PATH'] = 'ops';
      [...sizes, 30, 31].forEach((size, at) => {
        expect(valueAt(size)).toBeCloseTo([...first, ...later][at] ?? NaN, 5);
      });
    } finally {
      delete backend.loadSavedModelMetaGraph;
    }
  });

  test('asks for parameters without a default, and names a tensor that is wrong', async () => {
    const module = await kernelModule('real');
    const { inputs } = objective('real');
    const batch = toTensors(
      randomBatch(randomFrom(5), inputs, { rollouts: 6, positions: 3, regular: true }),
      inputs,
    );
    const layout = module.prepare(batch);
    const wrong = [tf.zeros([6, 4]), tf.zeros([6], 'int32')] as const;
    expect(() => module.lossAndGradients({ ...batch, old_logp: wrong[0] }, layout)).toThrow(
      '`old_logp` has 24 numbers, expected 18',
    );
    expect(() => module.lossAndGradients({ ...batch, reward: wrong[1] }, layout)).toThrow(
      '`reward` holds int32, expected float32',
    );
    const { reward, ...without } = batch;
    expect(() => module.lossAndGradients(without, layout)).toThrow('`reward` is missing or no tensor');
    tf.dispose([...wrong, reward as tf.Tensor]);
    layout.dispose();
    disposeBatch(without);
  });

  test('reads nothing that is masked, and leaves nothing behind', async () => {
    const module = await kernelModule('real');
    const { inputs } = objective('real');
    const raw = randomBatch(randomFrom(5), inputs, { rollouts: 6, positions: 3, regular: false });
    const [harmful, harmless] = [toTensors(raw, inputs, true), toTensors(raw, inputs, false)];
    expect(await compute(module, harmful, {})).toEqual(await compute(module, harmless, {}));
    const step = (): void => {
      const layout = module.prepare(harmful);
      const { loss, gradients } = module.lossAndGradients(harmful, layout);
      const byTfjs = tf.grad((x) => module.loss({ ...harmful, logp: x }, layout))(
        harmful['logp'] as tf.Tensor,
      );
      tf.dispose([loss, gradients, byTfjs, module.metrics(harmful, layout), module.loss(harmful, layout)]);
      tf.dispose(module.lossGradientsAndMetrics(harmful, layout));
      layout.dispose();
    };
    step();
    const before = tf.memory();
    for (let at = 0; at < 100; at += 1) step();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
    disposeBatch(harmful);
    disposeBatch(harmless);
  });
});
