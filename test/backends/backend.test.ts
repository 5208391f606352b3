/** Each requested backend really computes, is the one that computes, and shares tfjs-core with generated code. */
import * as core from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { expect, test } from 'vitest';
import { openBackend, openOrSkip, requestedBackends } from './backend.js';

const B = 64;
const T = 128;
const values = Float32Array.from({ length: B * T }, (_, at) => Math.sin(at) * 3);

test.for(requestedBackends())('%s adds, exponentiates and sums', async (name, context) => {
  const { tf, dispose } = await openOrSkip(name, context);
  expect(tf.engine()).toBe(core.engine());
  expect([...(await tf.add(1, 1).data())]).toEqual([2]);

  const x = tf.tensor2d(values, [B, T]);
  const rows = await tf.sum(tf.exp(x), 1).data();
  for (let row = 0; row < B; row++) {
    const expected = values.subarray(row * T, (row + 1) * T).reduce((sum, value) => sum + Math.exp(value), 0);
    expect(Math.abs((rows[row] ?? NaN) / expected - 1)).toBeLessThan(1e-5);
  }
  await dispose();
});

test.runIf(requestedBackends().includes('webgpu'))(
  'an error that WebGPU does not throw is thrown in the end',
  async (context) => {
    const { tf, dispose } = await openOrSkip('webgpu', context);
    (tf.backend() as WebGPUBackend).device.createShaderModule({ code: 'this is no WGSL' });
    await expect(dispose()).rejects.toThrow(/WebGPU reported 1 errors/);
    await dispose();
  },
);

test('a native backend that is not installed is missing, with the way to get it', async () => {
  const opened = await openBackend('node');
  if ('missing' in opened) expect(opened.missing).toMatch(/npm run native:install -- --package tfjs-node /);
});
