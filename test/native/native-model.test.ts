/** `nativeModel`: which form it takes and why, what it refuses, and that nothing is left behind. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { nativeModel, type NativeModel, type NativeSource } from '../../src/runtime/index.js';
import { openOrSkip } from '../backends/backend.js';
import { encode } from '../../src/emit/savedmodel/encode.js';
import { randomBatch } from '../emit/batches.js';
import { objective } from '../emit/compiled.js';
import { randomFrom } from '../property/batches.js';
import { given, modelOf, sourcesOf } from '../savedmodel/models.js';

const program = objective('grpo');
const params = Object.fromEntries(program.params.map(({ name, default: value }) => [name, value ?? 0.5]));
const raw = randomBatch(randomFrom(2), program.inputs, { rollouts: 6, positions: 3, regular: true });
const [source] = sourcesOf(program);

function opened(of: NativeSource | undefined, ...forms: readonly ('xla' | 'plain')[]): NativeModel {
  if (of === undefined) throw new Error('no signature');
  const model = forms.length === 0 ? nativeModel(of) : nativeModel(of, forms);
  if ('unavailable' in model) throw new Error(model.unavailable);
  return model;
}

/** The same signature of the model in which another op stands in place of one. */
function withOp(op: string, other: string): NativeSource {
  const model = modelOf(program);
  const functions = model.functions.map((one) => ({
    ...one,
    nodes: one.nodes.map((node) => (node.op === op ? { ...node, op: other } : node)),
  }));
  const [signature] = model.signatures;
  if (signature === undefined) throw new Error('no signature');
  return { ...signature, bytes: encode({ ...model, functions }) };
}

test('XLA is taken where TensorFlow has it, and both forms give the same', async (context) => {
  await openOrSkip('node-gpu', context);
  const best = opened(source);
  expect([best.form, best.refused]).toEqual(['xla', []]);
  const plain = opened(source, 'plain');
  expect(plain.form).toBe('plain');
  const inputs = given(raw, program, params);
  const [one, other] = [best.run(inputs), plain.run(inputs)];
  for (const [key, tensor] of Object.entries(one)) {
    const [got, wanted] = [tensor.dataSync(), other[key]?.dataSync() ?? []];
    expect(got.length).toBe(wanted.length);
    got.forEach((value, at) => {
      expect(Math.abs(value - (wanted[at] ?? NaN))).toBeLessThan(1e-5);
    });
  }
  // The same input, run to run.
  const again = best.run(inputs);
  for (const [key, tensor] of Object.entries(one)) expect(again[key]?.dataSync()).toEqual(tensor.dataSync());
  tf.dispose([one, other, again, inputs]);
  best.dispose();
  plain.dispose();
});

test('a form that TensorFlow refuses is passed over, with the reason; where all are, so is the model', async (context) => {
  await openOrSkip('node-gpu', context);
  const unavailable = nativeModel(withOp('Exp', 'NoSuchOp'));
  expect(unavailable).toHaveProperty(
    'unavailable',
    expect.stringMatching(/^xla: [^]*NoSuchOp[^]*\nplain: [^]*NoSuchOp/),
  );
  // TensorFlow has this one for the CPU, and XLA has not.
  const model = opened(withOp('Exp', 'BesselJ0'));
  expect(model.form).toBe('plain');
  expect(model.refused).toEqual([expect.stringMatching(/^xla: [^]*BesselJ0/)]);
  model.dispose();
});

test('another backend is none', async () => {
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  if (source === undefined) throw new Error('no signature');
  expect(nativeModel(source)).toEqual({ unavailable: 'the active backend is cpu, not TensorFlow' });
});

test('inputs are held to the signature, by their names', async (context) => {
  await openOrSkip('node-gpu', context);
  const model = opened(source, 'plain');
  const inputs = given(raw, program, params);
  const { logp, ...others } = inputs;
  expect(() => model.run(others)).toThrow('the input `logp` is missing');
  const rows = tf.zeros([6]);
  expect(() => model.run({ ...inputs, logp: rows })).toThrow(
    'the input `logp` is float32 [6], expected float32 […, …]',
  );
  const floats = tf.zeros([6]);
  expect(() => model.run({ ...inputs, group: floats })).toThrow(
    'the input `group` is float32 [6], expected int32 […]',
  );
  tf.dispose([logp, others, rows, floats]);
  model.dispose();
});

test('nothing is left behind: no tensor, no file', async (context) => {
  await openOrSkip('node-gpu', context);
  const files = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('veriloss-'));
  const before = files();
  const inputs = given(raw, program, params);
  const start = tf.memory();
  for (const form of ['xla', 'plain'] as const) {
    const model = opened(source, form);
    for (let at = 0; at < 500; at += 1) tf.dispose(model.run(inputs));
    // As in a step that is tidied up as a whole.
    for (let at = 0; at < 20; at += 1) tf.tidy(() => model.run(inputs)['loss'] as tf.Tensor).dispose();
    model.dispose();
  }
  expect(tf.memory().numTensors).toBe(start.numTensors);
  expect(tf.memory().numBytes).toBe(start.numBytes);
  expect(files().filter((name) => !before.includes(name) && !name.startsWith('veriloss-test-'))).toEqual([]);
  tf.dispose(Object.values(inputs));
});
