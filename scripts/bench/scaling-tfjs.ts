/** The kernels of a module of tfjs on its wasm backend, as a turn of `scaling.ts`. */
import * as tf from '@tensorflow/tfjs';
import type { InputSpec } from '../../src/runtime/specs.js';
import { openBackend } from '../../test/backends/backend.js';
import { compileWithKernels, objective, type Batch } from '../../test/emit/compiled.js';
import type { ArrayBatch } from '../../test/emit/loops/arrays.js';
import type { Made, Params } from './scaling.js';

await openBackend('wasm');

export async function inTfjs(
  name: string,
  params: Params,
  batchFor: (inputs: readonly InputSpec[]) => ArrayBatch,
  tokens: number,
): Promise<Made> {
  const module = await compileWithKernels(objective(name));
  const { group, ...inputs } = batchFor(module.inputs);
  const rollouts = (group as readonly number[]).length;
  const shape = [rollouts, tokens / rollouts];
  const tensors = Object.entries(inputs).map(([input, values]) => {
    const array = values as Float32Array;
    return [input, tf.tensor(array, array.length === tokens ? shape : [array.length])] as const;
  });
  const mask = tf.ones(shape);
  const batch: Batch = { ...Object.fromEntries(tensors), group: group as readonly number[], mask };
  const layout = module.prepare(batch);
  const step = async (): Promise<void> => {
    const { loss, gradients } = module.lossAndGradients(batch, layout, params);
    await loss.data();
    tf.dispose([loss, ...Object.values(gradients)]);
  };
  return {
    turns: [{ name: '', step }],
    dispose: () => {
      layout.dispose();
      tf.dispose([mask, ...tensors.map(([, one]) => one)]);
    },
  };
}
