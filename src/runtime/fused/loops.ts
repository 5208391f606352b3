/** Loops of JavaScript on the cpu backend, whose tensors are arrays of JavaScript. */
import * as tf from '@tensorflow/tfjs-core';
import { plainMemory } from '../plain/arrays.js';
import type { FusedPath } from './path.js';
import { asTensors, batchOf, shapeOf, tensorOf, type FusedRun } from './run.js';

export const loopsPath: FusedPath = {
  start:
    ({ loops }): FusedRun =>
    (call) => {
      const batch = batchOf(call, (spec) => {
        const stored = tensorOf(call, spec).dataSync();
        // The backend keeps the array of what it casts.
        const isCast = spec.role !== 'tag' && !(stored instanceof Float32Array);
        const values = isCast ? Float32Array.from(stored) : stored;
        return spec.level === 'batch' ? values[0] : values;
      });
      const result = call.of(batch, call.layout.rows, plainMemory, loops);
      return asTensors(result, (values, name) => tf.tensor(values, shapeOf(call, name), 'float32'));
    },
};
