/** Loops of JavaScript on the cpu backend, whose tensors are arrays of JavaScript. */
import * as tf from '@tensorflow/tfjs-core';
import { plainMemory } from '../plain/arrays.js';
import type { FusedPath } from './path.js';
import { asTensors, batchOf, tensorOf, type FusedRun } from './run.js';

export const loopsPath: FusedPath = {
  name: 'loops',
  backend: 'cpu',
  start:
    ({ loops }): FusedRun =>
    (call) => {
      const batch = batchOf(call, ({ name, level }) => {
        const values = tensorOf(call, name).dataSync();
        return level === 'batch' ? values[0] : values;
      });
      const result = call.of(batch, call.layout.rows, plainMemory, loops);
      return asTensors(result, (values, name) => tf.tensor(values, tensorOf(call, name).shape, 'float32'));
    },
};
