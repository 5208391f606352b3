/** What a generated function asks about the call that it is in. */
import * as tf from '@tensorflow/tfjs-core';
import { BatchError } from './batch-error.js';

/** Whether the caller is `tf.grads`, `tf.variableGrads` or one of their kin. */
export const isDifferentiating = (): boolean => tf.engine().state.gradientDepth > 0;

/** For a parameter that was not given and has no default. */
export function required(name: string): never {
  throw new BatchError(name, `parameter \`${name}\` has no default and was not given`);
}
