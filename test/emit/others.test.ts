/** Generated code over the other rollouts of a group: what is read and what is not, digits, and what stays behind. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { openOrSkip, requestedBackends } from '../backends/backend.js';
import { randomFrom } from '../property/batches.js';
import { disposeBatch, randomBatch, toTensors, type RawBatch } from './batches.js';
import { compute, deviation, reference } from './compare.js';
import { compileToModule, emitted, programOf } from './compiled.js';
import { EXTREMES } from './programs.js';

const ALL = EXTREMES.find(([name]) => name === 'leave_one_out')?.[1] ?? '';
/** The reference takes no more of an infinite deviation than of another; float32 says NaN where it overflows. */
const HOSTILE = `objective hostile {
  model value : rollout
  data reward : rollout
  let best = max[others](value, anchor: -inf)
  let worst = min[others where reward > 1](value, anchor: 9)
  let rest = logsumexp[others](value, anchor: 0)
  minimize sum[rollout in batch](mean[others](value) * 0.5 + best * reward + worst + rest + sum[others where reward < 1](value))
  metric any_high = sum[rollout in batch](if any[others](value > 1) then 1 else 0)
}`;
const RLOO = `objective rloo {
  model value : rollout
  data reward : rollout
  minimize sum[rollout in batch](value * (reward - mean[others](reward)))
  metric deviation = sum[rollout in batch](std[others](reward))
}`;

const LAYOUTS: Readonly<Record<string, readonly number[]>> = {
  'equal groups in place': [0, 0, 0, 0, 1, 1, 1, 1],
  'equal groups, scattered': [3, 1, 3, 1, 1, 3, 1, 3],
  'unequal groups': [5, 2, 2, -1, 5, 2, 2, 2],
  'groups of two and one': [1, 1, 2, 3, 3, 4, 5, 6],
  'groups of one': [7, 6, 5, 4, 3, 2, 1, 0],
  'one group': [1, 1, 1, 1, 1, 1, 1, 1],
};

async function opened(backend: Parameters<typeof openOrSkip>[0]): Promise<void> {
  await openOrSkip(backend, { skip: (why: string) => expect.fail(why) } as never);
  if (backend === 'webgpu') tf.env().set('WEBGPU_CPU_FORWARD', false);
}

async function holds(text: string, raw: RawBatch, label: string, options = {}): Promise<void> {
  const program = programOf(text);
  const module = await compileToModule(program, options);
  const batch = toTensors(raw, program.inputs);
  const params = Object.fromEntries(program.params.map((one) => [one.name, one.default ?? 1]));
  const computed = await compute(module, batch, params);
  disposeBatch(batch);
  const expected = reference(program, raw, params);
  const worst = {
    loss: deviation([computed.loss], expected.loss, 10),
    ...Object.fromEntries(
      Object.entries(expected.grad).map(([name, one]) => [
        name,
        deviation(computed.gradients[name] ?? [], one, 10),
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(expected.metrics).map(([name, one]) => [
        `metric ${name}`,
        deviation([computed.metrics[name] ?? NaN], one, 10),
      ]),
    ),
  };
  for (const [name, one] of Object.entries(worst))
    expect({ label, name, one, ok: one <= 1 }).toMatchObject({ ok: true });
}

const drawn = (text: string, group: readonly number[], seed: number): RawBatch => ({
  ...randomBatch(randomFrom(seed), programOf(text).inputs, { rollouts: 8, positions: 3, regular: true }),
  ...(text === ALL && { weight: [...new Set(group)].map((_, at) => at / 2 - 1) }),
  group,
});

describe.each(requestedBackends())('%s', (backend) => {
  test.each(Object.entries(LAYOUTS))('every aggregate over %s', async (label, group) => {
    await opened(backend);
    for (const seed of [1, 2]) await holds(ALL, drawn(ALL, group, seed), label);
  });

  test.each(Object.entries(LAYOUTS))('NaN and infinities in %s', async (label, group) => {
    await opened(backend);
    for (const [at, hostile] of [NaN, Infinity, -Infinity, NaN].entries()) {
      const raw = drawn(HOSTILE, group, 4);
      const value = (raw['value'] as readonly number[]).with(at, hostile);
      await holds(HOSTILE, { ...raw, value }, `${label}, ${hostile}`);
    }
  });

  test('a baseline loses no digit to the own value, and is exact where all are equal', async () => {
    await opened(backend);
    const group = [0, 0, 0, 0, 1, 1, 1, 1];
    const third = Math.fround(0.1);
    const reward = [1e8, third, Math.fround(0.2), Math.fround(0.3), third, third, third, third];
    const program = programOf(RLOO);
    const batch = toTensors({ ...drawn(RLOO, group, 5), reward }, program.inputs);
    const { gradients, metrics } = await compute(await compileToModule(program), batch, {});
    disposeBatch(batch);
    expect(gradients['value']?.slice(4)).toEqual([0, 0, 0, 0]);
    expect(Math.abs((gradients['value']?.[0] ?? NaN) - 1e8)).toBeLessThan(8);
    expect(metrics['deviation']).toBeGreaterThan(0);
    const small = [5, 1e-3, 2e-3, 3e-3, 0, 0, 0, 0].map(Math.fround);
    const far = { ...drawn(RLOO, group, 5), reward: small.map((one, at) => (at === 1 ? 1e6 : one)) };
    await holds(RLOO, far, 'far from the others');
  });

  test('nothing is left behind', async () => {
    await opened(backend);
    const program = programOf(ALL);
    const module = await compileToModule(program);
    const raw = drawn(ALL, LAYOUTS['unequal groups'] ?? [], 6);
    const batch = toTensors(raw, program.inputs);
    const step = (): void => {
      const layout = module.prepare(batch);
      const { loss, gradients } = module.lossAndGradients(batch, layout);
      tf.dispose([loss, gradients, module.metrics(batch, layout), module.loss(batch, layout)]);
      layout.dispose();
    };
    step();
    const before = tf.memory().numTensors;
    step();
    expect(tf.memory().numTensors).toBe(before);
    disposeBatch(batch);
  });
});

test('a module that stands alone carries what it needs, and no table where no others are read', async () => {
  await opened('cpu');
  await holds(ALL, drawn(ALL, LAYOUTS['unequal groups'] ?? [], 7), 'alone', { standalone: true });
  const [plain = ''] = await emitted(
    programOf('objective plain {\n model logp : token\n minimize mean[token in batch](-logp)\n}\n'),
    { standalone: true },
  );
  expect(plain).not.toContain('function ofOthers');
});

test('the arithmetic on values of the others is done once for each rollout', async () => {
  const [text = ''] = await emitted(
    programOf(
      'objective once {\n model value : rollout\n minimize sum[rollout in batch](sum[others](exp(value) * 2 + 1))\n}\n',
    ),
  );
  expect(text).toMatch(/ofOthers\(/);
  expect(text).not.toMatch(/'peer'|exchanged/);
});
