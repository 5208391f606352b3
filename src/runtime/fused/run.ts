/** Fused functions called with tensors: their values as arrays, and arrays and numbers as tensors again. */
import * as tf from '@tensorflow/tfjs-core';
import { BatchError } from '../batch-error.js';
import type { Layout } from '../layout.js';
import type { Numbers } from '../plain/arrays.js';
import type { Memory } from '../plain/memory.js';
import type { RowLayout } from '../plain/row-layout.js';
import type { InputSpec } from '../specs.js';
import { chosenPath, type FusedWalks } from './path.js';

/** A fused function, and the values of a batch that it is called with. */
export interface FusedCall {
  readonly inputs: readonly InputSpec[];
  /** Tensors by the names of the inputs, and whatever else the batch has. */
  readonly batch: object;
  readonly layout: Layout;
  /** The inputs whose gradients are array results, in order. */
  readonly outputs: readonly string[];
  readonly of: (batch: object, rows: RowLayout, memory: Memory, kernels: object) => unknown;
}
/** Results by name, nested as the function has them: tensors in place of numbers and arrays. */
export type FusedRun = (call: FusedCall) => unknown;

/**
 * Runs a fused function by the path that the active backend has; `undefined` where there is none, and the portable
 * operations have to.
 */
export const fusedResult = (walks: FusedWalks, call: FusedCall): unknown => chosenPath(walks).run?.(call);

/** The tensor of an input. */
export function tensorOf({ batch }: FusedCall, name: string): tf.Tensor {
  const value = (batch as Readonly<Record<string, unknown>>)[name];
  if (value instanceof tf.Tensor) return value;
  throw new BatchError(name, `\`${name}\` is missing or no tensor`);
}

/** A batch whose members are read when they are asked for. */
export function batchOf({ inputs }: FusedCall, read: (spec: InputSpec) => unknown): object {
  const batch = {};
  for (const spec of inputs)
    Object.defineProperty(batch, spec.name, { enumerable: true, get: () => read(spec) });
  return batch;
}

/** Numbers, wherever they stand in a result, as scalars; arrays by `array`, with the name under which they stand. */
export function asTensors(
  result: unknown,
  array: (values: Numbers, name: string) => tf.Tensor,
  name = '',
): unknown {
  if (typeof result === 'number') return tf.scalar(result);
  if (typeof result === 'boolean') return tf.scalar(Number(result));
  if (result instanceof Float32Array || result instanceof Float64Array) return array(result, name);
  return Object.fromEntries(
    Object.entries(result as object).map(([key, value]) => [key, asTensors(value, array, key)]),
  );
}
