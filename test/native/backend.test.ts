/** TensorFlow itself is what computes here: the real tfjs-node-gpu, sharing tfjs-core with generated code. */
import * as core from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { announceMissing, openOrSkip } from '../backends/backend.js';

interface NodeBackend {
  readonly isGPUPackage: boolean;
  readonly isUsingGpuDevice: boolean;
}

test('tfjs-node-gpu is active, and says whether it computes on a GPU', async (context) => {
  const { tf } = await openOrSkip('node-gpu', context);
  expect(tf.getBackend()).toBe('tensorflow');
  expect(tf.engine()).toBe(core.engine());
  const backend = tf.backend() as unknown as NodeBackend;
  expect(backend.isGPUPackage).toBe(true);
  expect(typeof backend.isUsingGpuDevice).toBe('boolean');
  if (!backend.isUsingGpuDevice)
    announceMissing('tfjs-node-gpu on a GPU', 'TensorFlow found none, and computes on the CPU');
});

test('TensorFlow adds, exponentiates and sums', async (context) => {
  const { tf } = await openOrSkip('node-gpu', context);
  expect([...(await tf.add(1, 1).data())]).toEqual([2]);
  const values = Float32Array.from({ length: 64 * 128 }, (_, at) => Math.sin(at) * 3);
  const sum = (await tf.sum(tf.exp(tf.tensor2d(values, [64, 128]))).data())[0] ?? NaN;
  const expected = values.reduce((total, value) => total + Math.exp(value), 0);
  expect(Math.abs(sum / expected - 1)).toBeLessThan(1e-5);
});
