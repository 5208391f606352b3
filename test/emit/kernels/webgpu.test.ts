/** Kernels on the webgpu backend among other operations: order, types, memory, and what is refused. */
import * as tf from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { afterEach, describe, expect, test, type TestContext } from 'vitest';
import type { DerivedProgram } from '../../../src/ir/program.js';
import { listenTo, throwReported, type WebgpuDevice } from '../../../src/runtime/fused/webgpu-device.js';
import { openOrSkip, type OpenBackend } from '../../backends/backend.js';
import { randomFrom } from '../../property/batches.js';
import { disposeBatch, randomBatch, toTensors, type RawBatch } from '../batches.js';
import { compute, deviation, reference } from '../compare.js';
import { compileWithKernels, objective, programOf, type Batch, type ObjectiveModule } from '../compiled.js';

let opened: OpenBackend | undefined;
async function open(context: TestContext): Promise<WebGPUBackend> {
  opened = await openOrSkip('webgpu', context);
  return tf.backend() as WebGPUBackend;
}
/** Throws if the device has reported anything. */
afterEach(async () => {
  delete process.env['VERILOSS_PATH'];
  await opened?.dispose();
});

/** A program that no other test has started on the backend. */
const program = (metric: string): DerivedProgram =>
  programOf(`
objective fresh {
  model logp : token
  data reward : rollout
  let advantage = reward - mean[rollout](reward)
  minimize -mean[rollout in batch](advantage * sum[token](logp))
  metric ${metric}
}`);

const rawOf = (name: string, rollouts = 9, positions = 6): RawBatch =>
  randomBatch(randomFrom(3), objective(name).inputs, { rollouts, positions, regular: false });

const tensorOf = (batch: Batch, name: string): tf.Tensor => batch[name] as tf.Tensor;

/** The worst deviation of loss and gradient by `logp` from the reference, in units of what is allowed. */
async function worstOf(module: ObjectiveModule, name: string, raw: RawBatch, batch: Batch): Promise<number> {
  const expected = reference(objective(name), raw, {});
  const { loss, gradients } = await compute(module, batch, {});
  return Math.max(
    deviation([loss], expected.loss, 10),
    deviation(gradients['logp'] ?? [], expected.grad['logp']),
  );
}

describe('among operations of tfjs', () => {
  test('what was just computed is read, and results are read on', async (context) => {
    await open(context);
    const module = await compileWithKernels(objective('grpo'));
    const raw = rawOf('grpo');
    const batch = toTensors(raw, objective('grpo').inputs);
    const layout = module.prepare(batch);
    const plain = module.lossAndGradients(batch, layout);
    const mixed = tf.tidy(() => {
      const logp = tf.sub(tf.add(tensorOf(batch, 'logp'), 1), 1);
      const reward = tf.mul(tf.add(tensorOf(batch, 'reward'), tensorOf(batch, 'reward')), 0.5);
      const { loss, gradients } = module.lossAndGradients({ ...batch, logp, reward }, layout);
      const twice = tf.mul(gradients['logp'] as tf.Tensor, 2);
      return { twice, sum: tf.add(loss, tf.sum(twice)) };
    });
    const [gradient, twice] = [await plain.gradients['logp']?.data(), await mixed.twice.data()];
    const total = [...(gradient ?? [])].reduce((sum, one) => sum + 2 * one, 0);
    const [loss = NaN] = await plain.loss.data();
    gradient?.forEach((one, at) => {
      expect(twice[at]).toBeCloseTo(2 * one, 5);
    });
    expect((await mixed.sum.data())[0]).toBeCloseTo(loss + total, 4);
    tf.dispose([plain, mixed]);
    layout.dispose();
    disposeBatch(batch);
  });

  test('two modules take turns on the same tensors, and tf.grad gives the same', async (context) => {
    await open(context);
    const [grpo, real] = [
      await compileWithKernels(objective('grpo')),
      await compileWithKernels(objective('real')),
    ];
    const raw = rawOf('grpo');
    const batch = toTensors({ ...raw, reward: raw.group.map((_, at) => at % 2) }, objective('grpo').inputs);
    const layout = grpo.prepare(batch);
    const alone = [grpo, real].map((one) => one.lossAndGradients(batch, layout));
    const turns = Array.from({ length: 8 }, () =>
      [grpo, real].map((one) => one.lossAndGradients(batch, layout)),
    );
    const byTfjs = [grpo, real].map((one) =>
      tf.grad((logp) => one.loss({ ...batch, logp }, layout))(tensorOf(batch, 'logp')),
    );
    const read = async (one: (typeof alone)[number] | undefined): Promise<readonly (readonly number[])[]> => [
      [...((await one?.loss.data()) ?? [])],
      [...((await one?.gradients['logp']?.data()) ?? [])],
    ];
    const expected = [await read(alone[0]), await read(alone[1])];
    for (const turn of turns) expect([await read(turn[0]), await read(turn[1])]).toEqual(expected);
    for (const [at, one] of byTfjs.entries()) expect([...(await one.data())]).toEqual(expected[at]?.[1]);
    tf.dispose([alone, turns, byTfjs]);
    layout.dispose();
    disposeBatch(batch);
  });

  test('a cast that leaves whole numbers where they are is seen through', async (context) => {
    await open(context);
    const module = await compileWithKernels(objective('real'));
    const raw = rawOf('real');
    const batch = toTensors(raw, objective('real').inputs);
    const masks = [tf.cast(tensorOf(batch, 'mask'), 'bool'), tf.cast(tensorOf(batch, 'mask'), 'int32')];
    const whole = tf.tensor1d(raw['reward'] as number[], 'int32');
    const reward = tf.cast(whole, 'float32');
    for (const mask of [...masks, tf.cast(masks[1] ?? whole, 'float32')])
      expect(await worstOf(module, 'real', raw, { ...batch, mask, reward })).toBeLessThanOrEqual(1);
    disposeBatch(batch);
  });
});

describe('shapes', () => {
  test.for([
    ['groups of one', (raw: RawBatch) => ({ ...raw, group: raw.group.map((_, at) => -7 * at) })],
    [
      'groups that do not stand together',
      (raw: RawBatch) => ({ ...raw, group: raw.group.map((_, at) => at % 2) }),
    ],
    ['no token that counts', (raw: RawBatch) => ({ ...raw, mask: raw.mask.map((row) => row.map(() => 0)) })],
    [
      'rows of every length',
      (raw: RawBatch) => ({ ...raw, mask: raw.mask.map((row, at) => row.map((_, t) => (t < at ? 1 : 0))) }),
    ],
  ] as const)('%s', async ([, changed], context) => {
    await open(context);
    for (const name of ['grpo', 'real']) {
      const module = await compileWithKernels(objective(name));
      const raw = changed(rawOf(name));
      const batch = toTensors(raw, objective(name).inputs);
      expect(await worstOf(module, name, raw, batch)).toBeLessThanOrEqual(1);
      disposeBatch(batch);
    }
  });

  test('no position at all', async (context) => {
    await open(context);
    const module = await compileWithKernels(objective('real'));
    const reward = tf.tensor1d([1, 0, 1]);
    const [mask, logp, old_logp] = [tf.zeros([3, 0]), tf.zeros([3, 0]), tf.zeros([3, 0])];
    const layout = module.prepare({ group: [0, 0, 1], mask });
    const { loss, gradients } = module.lossAndGradients(
      { group: [0, 0, 1], mask, logp, old_logp, reward },
      layout,
    );
    expect(gradients['logp']?.shape).toEqual([3, 0]);
    expect(Number.isNaN((await loss.data())[0])).toBe(false);
    tf.dispose([loss, gradients, mask, logp, old_logp, reward]);
    layout.dispose();
  });
});

test('each of several losses has kernels, with gradients of its own', async (context) => {
  await open(context);
  const program = objective('actor_critic');
  const module = await compileWithKernels(program);
  const params = Object.fromEntries(program.params.map((one) => [one.name, one.default ?? 0.5]));
  const batch = toTensors(rawOf('actor_critic', 12, 9), program.inputs);
  const layout = module.prepare(batch);
  expect(Object.keys(module.losses)).toEqual(['actor', 'critic']);
  for (const one of Object.values(module.losses)) {
    delete process.env['VERILOSS_PATH'];
    const own = one.lossAndGradients(batch, layout, params);
    const alone = one.loss(batch, layout, params);
    process.env['VERILOSS_PATH'] = 'ops';
    const portable = one.lossAndGradients(batch, layout, params);
    const [expected = NaN] = await portable.loss.data();
    for (const loss of [own.loss, alone]) expect((await loss.data())[0]).toBeCloseTo(expected, 5);
    for (const [name, gradient] of Object.entries(portable.gradients))
      expect(
        deviation([...((await own.gradients[name]?.data()) ?? [])], await gradient.array(), 10),
      ).toBeLessThan(1);
    tf.dispose([own, alone, portable]);
  }
  layout.dispose();
  disposeBatch(batch);
});

test('nothing is left of 200 steps, in tfjs or in the pool of buffers', async (context) => {
  const backend = await open(context);
  const module = await compileWithKernels(objective('grpo'));
  const batch = toTensors(rawOf('grpo'), objective('grpo').inputs);
  const step = (): tf.Scalar => {
    const layout = module.prepare(batch);
    const { loss, gradients } = module.lossAndGradients(batch, layout);
    tf.dispose([gradients, module.metrics(batch, layout)]);
    layout.dispose();
    return loss;
  };
  const settled = async (): Promise<readonly number[]> => {
    const loss = step();
    await loss.data();
    loss.dispose();
    const { numTensors, numBytes, numDataBuffers } = tf.memory();
    return [
      numTensors,
      numBytes,
      numDataBuffers,
      backend.bufferManager.getNumUsedBuffers(),
      backend.numDataIds(),
    ];
  };
  await settled();
  const before = await settled();
  for (let at = 0; at < 200; at += 1) step().dispose();
  expect(await settled()).toEqual(before);
  disposeBatch(batch);
});

test('commands are submitted as they come, though nobody reads or computes anything else', async (context) => {
  const backend = await open(context);
  const module = await compileWithKernels(objective('real'));
  const batch = toTensors(rawOf('real'), objective('real').inputs);
  const layout = module.prepare(batch);
  const before = backend.bufferManager.getNumUsedBuffers();
  let most = 0;
  for (let at = 0; at < 50; at += 1) {
    tf.dispose(module.lossAndGradients(batch, layout));
    most = Math.max(most, backend.bufferManager.getNumUsedBuffers());
  }
  // A call takes four buffers: of numbers, and for `values`, loss and gradient.
  expect(most - before).toBeLessThan(4 * 15);
  layout.dispose();
  disposeBatch(batch);
});

describe('what is refused', () => {
  test('a tensor that the device cannot bind, by name', async (context) => {
    const { device } = await open(context);
    const module = await compileWithKernels(program('large = mean[token in batch](logp)'));
    const limits = device.limits;
    Object.defineProperty(device, 'limits', {
      configurable: true,
      value: { ...LIMITS, maxStorageBufferBindingSize: 4 * 50 },
    });
    expect(module.path().path).toBe('webgpu');
    Object.defineProperty(device, 'limits', { configurable: true, value: limits });
    const reward = tf.ones([10]);
    const token = [tf.ones([10, 5]), tf.ones([10, 6])] as const;
    const [fits, large] = token.map((logp) => ({
      group: reward.shape.concat(Array(9).fill(1) as number[]),
      mask: logp,
      logp,
      reward,
    }));
    if (fits === undefined || large === undefined) throw new Error('two batches');
    const before = tf.memory().numTensors;
    const layout = module.prepare(large);
    expect(() => module.lossAndGradients(large, layout)).toThrow(
      '`logp` has 240 bytes, and the device binds no more than 200',
    );
    layout.dispose();
    const other = module.prepare(fits);
    tf.dispose(module.lossAndGradients(fits, other));
    other.dispose();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([reward, ...token]);
  });

  test.for(['ensureCommandEncoderReady', 'commandQueueOwnedIds', 'dispatchCountInPass'])(
    'another version of the backend, without %s: operations run, and path() says why',
    async (name, context) => {
      const backend = await open(context);
      const module = await compileWithKernels(
        program(`without_${name.toLowerCase()} = mean[rollout in batch](reward)`),
      );
      const own = Object.getOwnPropertyDescriptor(backend, name);
      Object.defineProperty(backend, name, { configurable: true, value: undefined });
      const path = module.path();
      if (own === undefined) Reflect.deleteProperty(backend, name);
      else Object.defineProperty(backend, name, own);
      expect(path).toEqual({
        path: 'ops',
        why: `this version of the webgpu backend is another one than the kernels know: it has no \`${name}\``,
      });
      const logp = tf.ones([2, 3]);
      const batch = { group: [0, 0], mask: logp, logp, reward: tf.tensor1d([1, 0]) };
      expect((await compute(module, batch, {})).gradients['logp']).toEqual([
        -0.25, -0.25, -0.25, 0.25, 0.25, 0.25,
      ]);
      process.env['VERILOSS_PATH'] = 'webgpu';
      expect(() => module.path()).toThrow(`VERILOSS_PATH asks for \`webgpu\`, but this version`);
      disposeBatch(batch);
    },
  );

  test('a step after an error that the device has reported, once', async (context) => {
    const { device } = await open(context);
    const module = await compileWithKernels(objective('real'));
    const raw = rawOf('real');
    const batch = toTensors(raw, objective('real').inputs);
    expect(await worstOf(module, 'real', raw, batch)).toBeLessThanOrEqual(1);
    device.createBuffer({ size: 4, usage: 0 });
    await device.queue.onSubmittedWorkDone();
    await expect(opened?.dispose()).rejects.toThrow('WebGPU reported 1 errors');
    const layout = module.prepare(batch);
    expect(() => module.loss(batch, layout)).toThrow('WebGPU reported an error since the last step');
    layout.dispose();
    expect(await worstOf(module, 'real', raw, batch)).toBeLessThanOrEqual(1);
    disposeBatch(batch);
  });
});

test('a device that is lost is an error from then on', async () => {
  const device = { addEventListener: () => {}, lost: Promise.resolve({ message: 'unplugged' }) };
  const reported = listenTo(device as unknown as WebgpuDevice);
  throwReported(reported);
  await device.lost;
  for (const _ of [1, 2])
    expect(() => {
      throwReported(reported);
    }).toThrow('is lost, and computes nothing any more: unplugged');
});

test('all tokens are counted afresh in every step, though entropies were far below or above', async (context) => {
  await open(context);
  const module = await compileWithKernels(objective('entropy_mask'));
  const drawn = rawOf('entropy_mask', 12, 20);
  const entropies = drawn['entropy'] as number[][];
  for (const scale of [1, 1e3, 1e-3, 1e6]) {
    const raw = { ...drawn, entropy: entropies.map((row) => row.map((one) => scale * one)) };
    const batch = toTensors(raw, objective('entropy_mask').inputs);
    expect(await worstOf(module, 'entropy_mask', raw, batch)).toBeLessThanOrEqual(1);
    disposeBatch(batch);
  }
});

describe('what needs more buffers than a kernel has', () => {
  const names = [...'abcdefgh'];
  const wide = (minimized: string, metric: string): DerivedProgram =>
    programOf(`objective wide {
  model logp : token
  ${names.map((name) => `data ${name} : token`).join('\n  ')}
  minimize ${minimized}
  metric total = ${metric}
}`);
  const sum = `mean[token in batch](logp * (${names.join(' + ')}))`;

  test('where it is a loss, operations run', async (context) => {
    await open(context);
    const module = await compileWithKernels(wide(sum, 'sum[token in batch](logp)'));
    const why = expect.stringContaining('a kernel needs 12 storage buffers') as string;
    expect(module.path()).toEqual({ path: 'ops', why });
    process.env['VERILOSS_PATH'] = 'webgpu';
    expect(() => module.path()).toThrow('a kernel needs 12 storage buffers');
  });

  test('where it is only a metric, the loss has kernels all the same', async (context) => {
    await open(context);
    const module = await compileWithKernels(wide('mean[token in batch](2 * logp)', sum));
    const { path, why } = module.path();
    expect(path).toBe('webgpu');
    expect(why.match(/`\w+` has no kernels/g)).toHaveLength(2);
    const inputs = ['mask', 'logp', ...names].map((name) => [name, tf.ones([2, 3])] as const);
    const batch = { group: [0, 0], ...Object.fromEntries(inputs) };
    const { metrics, gradients } = await compute(module, batch, {});
    expect(metrics).toEqual({ total: 8 });
    expect(gradients['logp']?.[0]).toBeCloseTo(1 / 3, 6);
    disposeBatch(batch);
  });
});

const LIMITS = {
  maxBufferSize: 2 ** 28,
  maxStorageBufferBindingSize: 2 ** 27,
  maxStorageBuffersPerShaderStage: 8,
  maxComputeInvocationsPerWorkgroup: 1024,
  maxComputeWorkgroupSizeX: 1024,
  maxComputeWorkgroupsPerDimension: 65_535,
};
