/** Loops of JavaScript on the cpu backend, whose tensors are arrays of JavaScript. */
import * as tf from '@tensorflow/tfjs-core';
import { plainMemory } from '../plain/arrays.js';
import type { FusedPath } from './path.js';
import { asTensors, batchOf, shapeOf, tensorOf, type FusedRun } from './run.js';

export const loopsPath: FusedPath = {
  name: 'loops',
  backend: 'cpu',
  start:
    ({ loops }): FusedRun =>
    (call) => {
      const batch = batchOf(call, (spec) => {
        const values = tensorOf(call, spec).dataSync();
        return spec.level === 'batch' ? values[0] : values;
      });
      const result = call.of(batch, call.layout.rows, plainMemory, loops);
      return asTensors(result, (values, name) => tf.tensor(values, shapeOf(call, name), 'float32'));
    },
};
