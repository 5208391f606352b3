/** What a browser's page holds: modules with their kernels, and what runs them there. Not a test. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgpu';
import type { InputInfo } from '../../../src/ir/program.js';
import { disposeBatch, toTensors, type RawBatch } from '../batches.js';
import type { KernelModule } from '../compiled.js';

/** What the page answers. */
export interface PageResult {
  readonly path: string;
  readonly loss: number;
  readonly gradient: readonly number[];
  readonly metrics: Readonly<Record<string, number>>;
  /** Tensors that are left. */
  readonly left: number;
}

/** Runs a module on the page's WebGPU: loss, gradient by `logp`, metrics. */
export async function computeIn(module: KernelModule, raw: RawBatch): Promise<PageResult> {
  await tf.setBackend('webgpu');
  await tf.ready();
  const before = tf.memory().numTensors;
  const batch = toTensors(raw, module.inputs as readonly InputInfo[]);
  const layout = module.prepare(batch);
  const { loss, gradients } = module.lossAndGradients(batch, layout);
  const metrics = module.metrics(batch, layout);
  const numbers: Record<string, number> = {};
  for (const [name, one] of Object.entries(metrics)) numbers[name] = (await one.data())[0] ?? NaN;
  const result = {
    path: module.path().path,
    loss: (await loss.data())[0] ?? NaN,
    gradient: [...((await gradients['logp']?.data()) ?? [])],
    metrics: numbers,
  };
  tf.dispose([loss, gradients, metrics]);
  layout.dispose();
  disposeBatch(batch);
  return { ...result, left: tf.memory().numTensors - before };
}
