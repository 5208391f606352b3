/** How kernels share out their work on the webgpu backend: lanes and positions at once, by adapter and batch. */
import * as tf from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { afterEach, expect, test, vi } from 'vitest';
import { grainOn, widthFor, type WebgpuInsides } from '../../../src/runtime/fused/webgpu-device.js';
import { openOrSkip, type OpenBackend } from '../../backends/backend.js';
import { randomFrom } from '../../property/batches.js';
import { disposeBatch, randomBatch, toTensors } from '../batches.js';
import { compute, deviation, reference } from '../compare.js';
import { compileWithKernels, programOf } from '../compiled.js';

let opened: OpenBackend | undefined;
/** Throws if the device has reported anything. */
afterEach(async () => {
  await opened?.dispose();
});

/** The widths of the shaders that a first step at so many positions compiles; what is of no token takes one number. */
test.for([
  ['walks', 'advantage', { 16: '1 4', 17: '1', 15: '', 32: '', 12: '' }],
  ['a walk that shifts', 'shift[token](logp, by: 1, fill: 0)', { 16: '1', 17: '', 15: '', 32: '', 12: '' }],
] as const)(
  '%s: of a multiple of four positions a lane takes four at once',
  async ([subject, factor, wanted], context) => {
    opened = await openOrSkip('webgpu', context);
    const { device } = tf.backend() as WebGPUBackend;
    const widths: string[] = [];
    const create = device.createShaderModule.bind(device);
    Object.defineProperty(device, 'createShaderModule', {
      configurable: true,
      value: (of: { code: string }) => {
        widths.push(/const WIDTH = (\d)u/.exec(of.code)?.[1] ?? '');
        return create(of);
      },
    });
    const program = programOf(`
objective ${subject.replaceAll(' ', '_')} {
  model logp : token
  data reward : rollout
  let advantage = reward - mean[rollout](reward)
  minimize -mean[rollout in batch](sum[token](${factor} * logp))
}`);
    const module = await compileWithKernels(program);
    const compiled: Record<number, string> = {};
    for (const positions of [16, 17, 15, 32, 12]) {
      widths.length = 0;
      const raw = randomBatch(randomFrom(3), program.inputs, { rollouts: 9, positions, regular: false });
      const batch = toTensors(raw, program.inputs);
      const { loss, gradients } = await compute(module, batch, {});
      const expected = reference(program, raw, {});
      expect(deviation([loss], expected.loss, 10)).toBeLessThanOrEqual(1);
      expect(deviation(gradients['logp'] ?? [], expected.grad['logp'])).toBeLessThanOrEqual(1);
      disposeBatch(batch);
      compiled[positions] = [...new Set(widths)].sort().join(' ');
    }
    Reflect.deleteProperty(device, 'createShaderModule');
    expect(compiled).toEqual(wanted);
  },
);

test('a walk that waits for the batch has few workgroups, which take the rollouts in turn', async (context) => {
  opened = await openOrSkip('webgpu', context);
  const { few } = grainOn(tf.backend() as unknown as WebgpuInsides);
  const program = programOf(`
objective waits {
  model logp : token
  minimize std[token in batch](logp)
}`);
  const module = await compileWithKernels(program);
  const rollouts = few + 3;
  const batch = toTensors(
    randomBatch(randomFrom(3), program.inputs, { rollouts, positions: 4, regular: true }),
    program.inputs,
  );
  const layout = module.prepare(batch);
  const dispatch = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
  tf.dispose(module.lossAndGradients(batch, layout));
  const widths = dispatch.mock.calls.map(([width]) => width);
  dispatch.mockRestore();
  expect(widths.filter((width) => width > 1)).toEqual([rollouts, few, few]);
  layout.dispose();
  disposeBatch(batch);
});

const LIMITS = { maxComputeInvocationsPerWorkgroup: 1024, maxComputeWorkgroupSizeX: 1024 };
const SOFTWARE = { lanes: 4, width: 4, few: 16 };
const HARDWARE = { lanes: 256, width: 4, few: 512 };
test.each([
  [{ vendor: 'google', architecture: 'swiftshader' }, {}, SOFTWARE],
  [{ vendor: 'mesa', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' }, {}, SOFTWARE],
  [{ vendor: 'microsoft', description: 'Microsoft Basic Render Driver' }, {}, SOFTWARE],
  [{ vendor: 'nvidia', architecture: 'ampere', isFallbackAdapter: true }, {}, SOFTWARE],
  [{ vendor: 'nvidia', architecture: 'ampere', isFallbackAdapter: false }, {}, HARDWARE],
  [
    { vendor: 'arm', architecture: 'valhall' },
    { maxComputeInvocationsPerWorkgroup: 128 },
    { ...HARDWARE, lanes: 128 },
  ],
  [{ vendor: 'none' }, { maxComputeWorkgroupSizeX: 192 }, { ...HARDWARE, lanes: 128 }],
])('work is shared out on %o', (adapterInfo, limits, grain) => {
  const device = { adapterInfo, limits: { ...LIMITS, ...limits } };
  expect(grainOn({ device, adapterInfo: {} } as unknown as WebgpuInsides)).toEqual(grain);
  // Before a device knew its adapter, the backend did.
  const older = { device: { limits: { ...LIMITS, ...limits } }, adapterInfo };
  expect(grainOn(older as unknown as WebgpuInsides)).toEqual(grain);
});

test.each([
  [1024, 4],
  [1028, 4],
  [1026, 1],
  [1020, 1],
  [1, 1],
])('of %i positions a lane of 256 takes %i at once', (positions, width) => {
  expect(widthFor({ lanes: 256, width: 4, few: 512 }, positions)).toBe(width);
});
