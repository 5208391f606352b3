/** Modules of tfjs that carry kernels: the same numbers as the reference, by loops on cpu, in WebAssembly on wasm, by shaders on webgpu. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test, type TestContext } from 'vitest';
import { openOrSkip } from '../../backends/backend.js';
import { randomFrom } from '../../property/batches.js';
import { disposeBatch, randomBatch, toTensors } from '../batches.js';
import { AMPLIFIED, compute, differ } from '../compare.js';
import {
  OBJECTIVES,
  compileWithKernels,
  objective,
  programOf,
  type Batch,
  type KernelModule,
} from '../compiled.js';
import { EXTREMES } from '../programs.js';

const kernelModule = (name: string): Promise<KernelModule> => compileWithKernels(objective(name));

const objectives = OBJECTIVES.filter((name) => objective(name).losses.length === 1);
const programs = [
  ...objectives.map((name) => [name, () => objective(name)] as const),
  ...EXTREMES.map(([name, text]) => [name, () => programOf(text)] as const),
];
const SHAPES = [
  { rollouts: 8, positions: 5, regular: true },
  { rollouts: 11, positions: 20, regular: false },
  { rollouts: 1, positions: 1, regular: true },
];

afterEach(() => {
  delete process.env['VERILOSS_PATH'];
});

describe.each([
  ['cpu', 'loops'],
  ['wasm', 'wasm'],
  ['webgpu', 'webgpu'],
] as const)('%s', (backend, path) => {
  // Loops are held to the reference in `test/emit/loops`, shaders in `test/emit/wgsl`: a few show that they are called rightly.
  const own = backend === 'wasm' ? programs : programs.filter((_, at) => at % 6 === 0);
  test.for(own)('%s agrees with the reference', async ([name, load], context) => {
    await openOrSkip(backend, context);
    const program = load();
    const module = await compileWithKernels(program);
    expect(module.path().path).toBe(path);
    const random = randomFrom(7);
    const params = Object.fromEntries(program.params.map((one) => [one.name, (one.default ?? 0.5) || 0.25]));
    for (const [at, shape] of SHAPES.entries()) {
      const worst = await differ(program, module, random, shape, params);
      const most = Math.max(worst.gradient, worst.loss, worst.metric);
      expect({ at, ...worst, ok: most <= (AMPLIFIED[name] ?? 1) }).toMatchObject({ ok: true });
    }
  });

  test('one variable forces the portable way, another value is an error', async (context) => {
    await openOrSkip(backend, context);
    const module = await kernelModule('grpo');
    expect(module.path()).toEqual({ path, why: `the active backend is ${backend}` });
    process.env['VERILOSS_PATH'] = 'ops';
    expect(module.path()).toEqual({ path: 'ops', why: 'VERILOSS_PATH asks for it' });
    process.env['VERILOSS_PATH'] = path === 'wasm' ? 'loops' : 'wasm';
    expect(() => module.path()).toThrow(`which the active backend \`${backend}\` does not have`);
    process.env['VERILOSS_PATH'] = 'fast';
    expect(() => module.path()).toThrow(/expected one of loops, wasm, .*ops, or auto/);
  });

  test('both ways give the same, and masked positions are not read', async (context) => {
    await openOrSkip(backend, context);
    const module = await kernelModule('grpo');
    const raw = randomBatch(randomFrom(3), objective('grpo').inputs, {
      rollouts: 9,
      positions: 6,
      regular: false,
    });
    const [harmful, harmless] = [true, false].map((garbage) =>
      toTensors(raw, objective('grpo').inputs, garbage),
    );
    if (harmful === undefined || harmless === undefined) throw new Error('two batches');
    const own = await compute(module, harmful, {});
    expect(await compute(module, harmless, {})).toEqual(own);
    process.env['VERILOSS_PATH'] = 'ops';
    const portable = await compute(module, harmless, {});
    expect(own.loss).toBeCloseTo(portable.loss, 5);
    own.gradients['logp']?.forEach((one, at) => {
      expect(one).toBeCloseTo(portable.gradients['logp']?.[at] ?? NaN, 6);
    });
    disposeBatch(harmful);
    disposeBatch(harmless);
  });

  test('a module that stands alone has its kernels, too', async (context) => {
    await openOrSkip(backend, context);
    const options = { standalone: true, language: 'js' } as const;
    const module = await compileWithKernels(objective('real'), options);
    expect(module.path().path).toBe(path);
    const shape = { rollouts: 9, positions: 6, regular: false };
    const worst = await differ(objective('real'), module, randomFrom(3), shape, { tau: 0.5 });
    expect(Math.max(worst.gradient, worst.loss, worst.metric)).toBeLessThanOrEqual(1);
  });

  test('a tensor of another size or type is an error that names it, and is not read, whichever way is taken', async (context) => {
    await openOrSkip(backend, context);
    const module = await kernelModule('real');
    const { inputs } = objective('real');
    const raw = randomBatch(randomFrom(5), inputs, { rollouts: 6, positions: 3, regular: true });
    const batch = toTensors(raw, inputs);
    const layout = module.prepare(batch);
    const wrong = [
      ['old_logp', tf.zeros([6, 1]), 'has 6 numbers, expected 18'],
      ['old_logp', tf.zeros([3, 6]), 'is [3, 6], expected [6, 3]'],
      ['reward', tf.zeros([5]), 'has 5 numbers, expected 6'],
      ['reward', tf.zeros([6], 'int32'), 'holds int32, expected float32'],
      ['reward', 1, 'is missing or no tensor'],
    ] as const;
    const stepWith = (name: string, value: unknown) => (): unknown =>
      module.lossAndGradients({ ...batch, [name]: value } as Batch, layout);
    for (const way of [path, 'ops']) {
      process.env['VERILOSS_PATH'] = way;
      for (const [name, value, reason] of wrong)
        expect(stepWith(name, value)).toThrow(`\`${name}\` ${reason}`);
    }
    const given = wrong.map(([, value]) => value).filter((value) => value instanceof tf.Tensor);
    tf.dispose(given);
    for (const way of [path, 'ops']) {
      process.env['VERILOSS_PATH'] = way;
      expect(stepWith('old_logp', given[0])).toThrow('`old_logp` was disposed before this call');
    }
    layout.dispose();
    disposeBatch(batch);
  });

  describe('a step', () => {
    const { inputs } = objective('grpo');
    const raw = randomBatch(randomFrom(5), inputs, { rollouts: 6, positions: 3, regular: true });
    const started = async (context: TestContext): Promise<{ module: KernelModule; batch: Batch }> => {
      await openOrSkip(backend, context);
      return { module: await kernelModule('grpo'), batch: toTensors(raw, inputs, false) };
    };
    const token = (batch: Batch, name: string): tf.Tensor2D => batch[name] as tf.Tensor2D;

    test('with a mask, a tensor or a parameter of another form is an error, leaves nothing, and another step is right', async (context) => {
      const { module, batch } = await started(context);
      const layout = module.prepare(batch);
      const valueNow = async (): Promise<number> => {
        const loss = module.loss(batch, layout);
        const [value = NaN] = await loss.data();
        loss.dispose();
        return value;
      };
      const before = await valueNow();
      const { numTensors } = tf.memory();
      const step =
        (change: object, params: object = {}) =>
        (): unknown =>
          tf.tidy(() => module.lossAndGradients({ ...batch, ...change } as Batch, layout, params as never));
      const wrong = [
        tf.ones([5, 3]),
        tf.ones([12, 3]),
        tf.ones([6, 3, 1]),
        tf.transpose(token(batch, 'logp')),
      ];
      for (const mask of wrong.slice(0, 3))
        expect(() => module.prepare({ ...batch, mask })).toThrow(
          'expected a row of positions for each of the 6 rollouts',
        );
      expect(step({ logp: wrong[3] })).toThrow('`logp` is [3, 6], expected [6, 3]');
      expect(step({ reward: undefined })).toThrow('`reward` is missing or no tensor');
      expect(step({}, { eps: '0.2' })).toThrow('parameter `eps` is of type string, expected a number');
      tf.dispose(wrong);
      expect(tf.memory().numTensors).toBe(numTensors);
      expect(await valueNow()).toBe(before);
      layout.dispose();
      disposeBatch(batch);
    });

    test('reads what is cast, and what another backend has made', async (context) => {
      const { module } = await started(context);
      await openOrSkip('cpu', context);
      const batch = toTensors(raw, inputs, false);
      await openOrSkip(backend, context);
      const layout = module.prepare(batch);
      const whole = tf.cast(tf.cast(token(batch, 'logp'), 'int32'), 'float32');
      const results = [];
      for (const way of [path, 'ops']) {
        process.env['VERILOSS_PATH'] = way;
        const { loss, gradients } = module.lossAndGradients({ ...batch, logp: whole }, layout);
        results.push([...(await loss.data()), ...((await gradients['logp']?.data()) ?? [])]);
        tf.dispose([loss, gradients]);
      }
      const [own = [], portable = []] = results;
      expect(own.length).toBe(19);
      own.forEach((one, at) => {
        expect(one).toBeCloseTo(portable[at] ?? NaN, 5);
      });
      tf.dispose(whole);
      layout.dispose();
      disposeBatch(batch);
    });

    test('gives a gradient the shape that its level has, whatever that of the input', async (context) => {
      await openOrSkip(backend, context);
      const text =
        'objective o {\n  model score : rollout\n  minimize sum[rollout in batch](score * score)\n}';
      const module = await compileWithKernels(programOf(text));
      const batch = { group: [0, 0, 1], score: tf.tensor2d([[1], [2], [3]]) };
      const layout = module.prepare(batch);
      for (const way of [path, 'ops']) {
        process.env['VERILOSS_PATH'] = way;
        const { loss, gradients } = module.lossAndGradients(batch, layout);
        expect(gradients['score']?.shape).toEqual([3]);
        expect(Array.from((await gradients['score']?.data()) ?? [])).toEqual([2, 4, 6]);
        tf.dispose([loss, gradients]);
      }
      layout.dispose();
      batch.score.dispose();
    });

    test('takes the default of a parameter that is called as what every object has', async (context) => {
      await openOrSkip(backend, context);
      const text =
        'objective o {\n  param constructor in (0, inf) = 0.5\n  model logp : token\n  minimize mean[token in batch](constructor * logp)\n}';
      const module = await compileWithKernels(programOf(text));
      const batch = { group: [0, 0], mask: tf.ones([2, 2]), logp: tf.fill([2, 2], -3) };
      const layout = module.prepare(batch);
      const loss = module.loss(batch, layout);
      expect((await loss.data())[0]).toBe(-1.5);
      tf.dispose([loss, batch.mask, batch.logp]);
      layout.dispose();
    });

    test('is differentiated through its metrics, too', async (context) => {
      await openOrSkip(backend, context);
      await import('@tensorflow/tfjs');
      const text =
        'objective o {\n  model logp : token\n  minimize mean[token in batch](logp)\n  metric square = mean[token in batch](logp * logp)\n}';
      const module = await compileWithKernels(programOf(text));
      const batch = {
        group: [0, 0],
        mask: tf.ones([2, 2]),
        logp: tf.tensor2d([
          [-1, -2],
          [-3, -4],
        ]),
      };
      const layout = module.prepare(batch);
      const gradient = tf.grad((logp) =>
        tf.add(
          module.loss({ ...batch, logp }, layout),
          module.metrics({ ...batch, logp }, layout)['square'] ?? 0,
        ),
      )(batch.logp);
      const found = await gradient.data();
      [-0.25, -0.75, -1.25, -1.75].forEach((one, at) => {
        expect(found[at]).toBeCloseTo(one, 6);
      });
      tf.dispose([gradient, batch.mask, batch.logp]);
      layout.dispose();
    });
  });

  test('a layout that was disposed is an error, whichever way is taken', async (context) => {
    await openOrSkip(backend, context);
    const module = await kernelModule('real');
    const { inputs } = objective('real');
    const raw = randomBatch(randomFrom(5), inputs, { rollouts: 6, positions: 3, regular: true });
    const batch = toTensors(raw, inputs);
    for (const way of [path, 'ops']) {
      process.env['VERILOSS_PATH'] = way;
      const layout = module.prepare(batch);
      tf.dispose(module.loss(batch, layout));
      layout.dispose();
      expect(() => module.loss(batch, layout)).toThrow('the layout was disposed');
      expect(() => module.lossAndGradients(batch, layout)).toThrow('the layout was disposed');
      layout.dispose();
    }
    disposeBatch(batch);
  });

  test('nothing leaks, differentiated or not', async (context) => {
    await openOrSkip(backend, context);
    const module = await kernelModule('real');
    const inputs = objective('real').inputs;
    const batch = toTensors(
      randomBatch(randomFrom(5), inputs, { rollouts: 6, positions: 3, regular: false }),
      inputs,
    );
    const step = (): void => {
      const layout = module.prepare(batch);
      const { loss, gradients } = module.lossAndGradients(batch, layout);
      const logp = batch['logp'] as tf.Tensor;
      const byTfjs = tf.grad((x) => module.loss({ ...batch, logp: x }, layout))(logp);
      tf.dispose([loss, gradients, byTfjs, module.metrics(batch, layout), module.loss(batch, layout)]);
      tf.dispose(module.lossGradientsAndMetrics(batch, layout));
      const report = (metrics: object): void => {
        tf.dispose(metrics as tf.NamedTensorMap);
      };
      tf.dispose(tf.grad((x) => module.loss({ ...batch, logp: x }, layout, {}, report))(logp));
      tf.dispose(module.loss(batch, layout, {}, report));
      layout.dispose();
    };
    step();
    const before = tf.memory();
    for (let at = 0; at < 200; at += 1) step();
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
    disposeBatch(batch);
  });
});

describe('the heap of wasm', () => {
  const lossOf = async (module: KernelModule, batch: Batch): Promise<number> => {
    const layout = module.prepare(batch);
    const { loss, gradients } = module.lossAndGradients(batch, layout);
    const [value = NaN] = await loss.data();
    tf.dispose([loss, gradients]);
    layout.dispose();
    return value;
  };

  test('may grow while inputs come into it', async (context) => {
    const module = await kernelModule('real');
    await openOrSkip('cpu', context);
    // Ten megabytes each, and sixteen are there at first.
    const shape: [number, number] = [64, 40_000];
    const batch = {
      group: Array.from({ length: 64 }, (_, b) => b % 8),
      mask: tf.ones(shape),
      logp: tf.fill(shape, -1),
      old_logp: tf.fill(shape, -1.5),
      reward: tf.tensor1d(Array.from({ length: 64 }, (_, b) => (b >> 3) % 2)),
    };
    await openOrSkip('wasm', context);
    const first = await lossOf(module, batch);
    expect(await lossOf(module, batch)).toBe(first);
    disposeBatch(batch);
  });

  const { inputs } = objective('grpo');
  const raw = randomBatch(randomFrom(5), inputs, { rollouts: 64, positions: 900, regular: true });
  test.for([
    [0, 'has no room for a gradient of 57600 numbers'],
    [1, /has no room for \d+ bytes/],
  ] as const)('has room %i times: an error that leaves all as it was', async ([times, said], context) => {
    await openOrSkip('wasm', context);
    const batch = toTensors(raw, inputs, false);
    // One of its own, which has asked for no room so far, and another that brings the layout into the heap.
    const text = `objective asks_${times} {\n  model logp : token\n  data reward : rollout\n  minimize mean[rollout in batch](reward * mean[token](logp * logp))\n}`;
    const module = await compileWithKernels(programOf(text));
    const other = await kernelModule('gspo');
    const layout = other.prepare(batch);
    tf.dispose(other.lossAndGradients(batch, layout));
    const { wasm } = tf.backend() as unknown as { readonly wasm: { _malloc: (bytes: number) => number } };
    const own = wasm._malloc;
    const { numTensors } = tf.memory();
    let left: number = times;
    try {
      wasm._malloc = (bytes) => (left-- > 0 ? own(bytes) : 0);
      expect(() => module.lossAndGradients(batch, layout)).toThrow(said);
    } finally {
      wasm._malloc = own;
    }
    expect(tf.memory().numTensors).toBe(numTensors);
    const value = await lossOf(module, batch);
    process.env['VERILOSS_PATH'] = 'ops';
    expect(value).toBeCloseTo(await lossOf(module, batch), 5);
    layout.dispose();
    disposeBatch(batch);
  });
});
