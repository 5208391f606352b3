/** The policy and what surrounds it: sampler against trainer, gradients, the optimizer, inputs it can supply, checkpoints. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../examples/train/backend.js';
import { readCheckpoint, writeCheckpoint, type RunState } from '../../examples/train/checkpoint.js';
import { matmul } from '../../examples/train/matmul.js';
import { minibatchesOf } from '../../examples/train/minibatch.js';
import { createPolicy, disposePolicy, rolloutLogp } from '../../examples/train/model.js';
import { type ObjectiveModule } from '../../examples/train/objective-module.js';
import { adamStep, createAdam } from '../../examples/train/optimizer.js';
import { createRng } from '../../examples/train/rng.js';
import { sampleRollouts } from '../../examples/train/sample.js';
import { checkInputs, checkParameters, dataOf } from '../../examples/train/supply.js';
import { drawPrompt, promptLength, rolloutLength } from '../../examples/train/task.js';

const size = { layers: 2, width: 16, heads: 2, vocabulary: 18, positions: promptLength + rolloutLength };

beforeAll(startBackend);

describe('sampler and policy', () => {
  it('agree on every log-probability, and leave no tensor behind', async () => {
    const policy = createPolicy(size, createRng(1, 0));
    const rng = createRng(1, 1);
    const before = tf.memory().numTensors;
    const prompts = Array.from({ length: 12 }, () => drawPrompt('train', rng));
    const { count, tokens, lengths, logp, entropy } = await sampleRollouts(policy, prompts, rng);
    const again = tf.tidy(() => rolloutLogp(policy, tf.tensor2d(tokens, [count, tokens.length / count]), 9));
    const values = await again.data();
    again.dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(new Set(lengths).size).toBeGreaterThan(1);
    for (let row = 0; row < count; row++) {
      for (let t = 0; t < (lengths[row] ?? 0); t++) {
        const at = row * rolloutLength + t;
        expect(values[at]).toBeCloseTo(logp[at] ?? 0, 4);
      }
    }
    expect(entropy).toBeGreaterThan(0);
    expect(entropy).toBeLessThanOrEqual(Math.log(18));
    disposePolicy(policy);
  });

  it('the gradient of the log-probability is that of differences', async () => {
    const policy = createPolicy(size, createRng(2, 0));
    const rng = createRng(2, 1);
    const { count, tokens } = await sampleRollouts(policy, [drawPrompt('train', rng)], rng);
    const loss = (): tf.Scalar =>
      tf.mean(rolloutLogp(policy, tf.tensor2d(tokens, [count, tokens.length], 'int32'), promptLength));
    const { value, grads } = tf.variableGrads(loss, [...policy.variables]);
    tf.dispose(value);
    for (const variable of policy.variables) {
      const gradient = grads[variable.name];
      const along = (await gradient?.data()) ?? new Float32Array(0);
      const norm = Math.hypot(...along);
      const weights = Float32Array.from(await variable.data());
      const at = async (step: number): Promise<number> => {
        const moved = weights.map((weight, i) => weight + (step * (along[i] ?? 0)) / norm);
        tf.tidy(() => variable.assign(tf.tensor(moved, variable.shape)));
        const result = tf.tidy(loss);
        const [number = Number.NaN] = await result.data();
        result.dispose();
        return number;
      };
      const h = 1e-2;
      expect((await at(h)) - (await at(-h))).toBeCloseTo(2 * h * norm, 3);
      tf.tidy(() => variable.assign(tf.tensor(weights, variable.shape)));
    }
    tf.dispose(grads);
    disposePolicy(policy);
  });

  it('the product for dense layers is `matMul`, with its gradients', () => {
    tf.tidy(() => {
      const x = tf.randomNormal<tf.Rank.R2>([5, 3], 0, 1, 'float32', 1);
      const w = tf.randomNormal<tf.Rank.R2>([3, 4], 0, 1, 'float32', 2);
      const near = (a: tf.Tensor, b: tf.Tensor): number => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] ?? 1;
      const gradients = (product: (a: tf.Tensor2D, b: tf.Tensor2D) => tf.Tensor2D): tf.Tensor[] =>
        tf.grads((a, b) => tf.sum(tf.square(product(a as tf.Tensor2D, b as tf.Tensor2D))))([x, w]);
      const [ours, theirs] = [gradients(matmul), gradients((a, b) => tf.matMul(a, b))];
      expect(near(matmul(x, w), tf.matMul(x, w))).toBeLessThan(1e-6);
      ours.forEach((gradient, i) => expect(near(gradient, theirs[i] ?? tf.scalar(9))).toBeLessThan(1e-4));
    });
  });
});

describe('Adam', () => {
  it('moves by the learning rate at first, and comes to the minimum of a parabola', () => {
    const weights = [Float32Array.of(3, -2)];
    let state = createAdam(weights);
    const gradient = (): Float32Array[] => weights.map((weight) => weight.map((value) => 2 * value));
    state = adamStep(weights, gradient(), state, { lr: 0.1, scale: 1 });
    expect(weights[0]?.[0]).toBeCloseTo(2.9, 5);
    expect(weights[0]?.[1]).toBeCloseTo(-1.9, 5);
    for (let step = 0; step < 400; step++) {
      state = adamStep(weights, gradient(), state, { lr: 0.1 * 0.98 ** step, scale: 1 });
    }
    expect(Math.hypot(...(weights[0] ?? []))).toBeLessThan(0.01);
    expect(state.step).toBe(401);
  });
});

describe('what the trainer supplies', () => {
  const objective = (inputs: ObjectiveModule['inputs']): ObjectiveModule => ({
    name: 'mine',
    inputs,
    parameters: [{ name: 'tau', default: 0.5 }, { name: 'beta' }],
    prepare: () => ({ dispose: () => undefined }),
    loss: () => tf.scalar(0),
    validate: () => Promise.resolve(),
  });
  const logp = { name: 'logp', role: 'model', level: 'token' };

  it('names every input that it cannot supply, and what it can', () => {
    const inputs = [
      logp,
      { name: 'value', role: 'model', level: 'token' },
      { name: 'reward', role: 'data', level: 'token' },
      { name: 'old_logp', role: 'data', level: 'rollout' },
      { name: 'source', role: 'tag', level: 'rollout' },
    ];
    const list = '`model value : token`, `data old_logp : rollout`, `tag source : rollout`';
    expect(() => checkInputs(objective(inputs))).toThrow(
      `\`mine\` needs ${list}, which this trainer cannot supply`,
    );
    expect(() => checkInputs(objective([logp]))).not.toThrow();
  });

  it('names a parameter that the objective lacks, and one that needs a value', () => {
    expect(() => checkParameters(objective([]), { tua: 1 })).toThrow('--set tua: not a parameter of `mine`');
    expect(() => checkParameters(objective([]), {})).toThrow('parameter `beta` of `mine` has no default');
    expect(() => checkParameters(objective([]), { beta: 1 })).not.toThrow();
  });

  it('keeps groups whole, and computes advantages inside them', async () => {
    const rewards = [1, 0, 0, 0, 1, 1, 1, 0];
    const rollouts = {
      count: 8,
      tokens: Int32Array.from({ length: 8 * 18 }, (_, i) => Math.floor(i / 18)),
      lengths: Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      logp: Float32Array.from({ length: 8 * 9 }, (_, i) => -Math.floor(i / 9)),
      reward: Float32Array.from(rewards),
      entropy: 0,
    };
    const options = { order: [1, 0], parts: 2, groupSize: 4 };
    const minibatches = minibatchesOf(rollouts, new Float32Array(72), options);
    expect(minibatches.map(({ group }) => group)).toEqual([
      [1, 1, 1, 1],
      [0, 0, 0, 0],
    ]);
    const inputs = ['reward', 'advantage', 'old_logp'].map((name) => ({
      name,
      role: 'data',
      level: 'token',
    }));
    const [first] = minibatches;
    if (first === undefined) throw new Error('no minibatch');
    expect(Array.from(first.reward)).toEqual([1, 1, 1, 0]);
    const data = dataOf(objective([logp, ...inputs]), first);
    expect(data['logp']).toBeUndefined();
    expect(await data.mask.array()).toEqual(
      [5, 6, 7, 8].map((n) => Array.from({ length: 9 }, (_, t) => +(t < n))),
    );
    const advantage = data['advantage'];
    const rows = advantage instanceof tf.Tensor ? ((await advantage.array()) as number[][]) : [];
    expect(rows.map((row) => row[3])).toEqual([0.5, 0.5, 0.5, -1.5].map((value) => expect.closeTo(value, 3)));
    for (const value of Object.values(data)) if (value instanceof tf.Tensor) value.dispose();
  });
});

describe('checkpoint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'veriloss-'));
  const path = join(folder, 'checkpoint.bin');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const weights = [Float32Array.of(1, Math.fround(0.1), -0), Float32Array.of(Math.fround(1e-30))];
  const state: RunState = {
    phase: 'reinforcement learning',
    step: 3,
    weights,
    adam: { first: weights, second: weights.map((weight) => weight.map((value) => value * value)), step: 12 },
    reference: weights,
    rngs: { warmStart: [1, 2, 3, 4], prompts: [5, 6, 7, 2 ** 32 - 1], sampling: [0, 0, 0, 0] },
    passBefore: 0.1 + 0.2,
    rewardAverage: 1 / 3,
    metricsBytes: 17,
  };
  const fingerprint = { objective: 'abc', '--lr': '0.0003' };

  it('comes back as it was written, and leaves no temporary file', () => {
    expect(readCheckpoint(path, fingerprint)).toBeUndefined();
    writeCheckpoint(path, state, fingerprint);
    expect(readCheckpoint(path, fingerprint)).toEqual(state);
    expect(existsSync(`${path}.tmp`)).toBe(false);
  });

  it('is refused by a run with other settings, which are named', () => {
    expect(() => readCheckpoint(path, { ...fingerprint, '--lr': '0.001' })).toThrow(
      'belongs to a run with other settings: --lr 0.0003, now 0.001',
    );
  });

  it('is refused when a part of it is missing', () => {
    const bytes = readFileSync(path);
    for (const end of [0, 5, bytes.length - 1]) {
      writeFileSync(path, bytes.subarray(0, end));
      expect(() => readCheckpoint(path, fingerprint)).toThrow('is not a whole checkpoint');
    }
  });
});
