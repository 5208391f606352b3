/** Fused functions called with tensors: their values as arrays, and arrays and numbers as tensors again. */
import * as tf from '@tensorflow/tfjs-core';
import { BatchError } from '../batch-error.js';
import type { Layout } from '../layout.js';
import type { Numbers } from '../plain/arrays.js';
import type { Memory } from '../plain/memory.js';
import { demandSize, type RowLayout } from '../plain/row-layout.js';
import { required } from '../call.js';
import { demandReadable } from '../readable.js';
import type { InputSpec, ParamSpec } from '../specs.js';
import { demandNumbers } from '../validate.js';
import { chosenPath, type FusedForms } from './path.js';

/** A fused function, and the values of a batch that it is called with. */
export interface FusedCall {
  /** Of the function, as kernels that belong to one function are listed. */
  readonly name: string;
  readonly inputs: readonly InputSpec[];
  /** Tensors by the names of the inputs, and whatever else the batch has. */
  readonly batch: object;
  readonly layout: Layout;
  readonly parameters: readonly ParamSpec[];
  readonly params: Readonly<Record<string, number | undefined>>;
  /** The inputs whose gradients are array results, in order. */
  readonly outputs: readonly string[];
  readonly of: (batch: object, rows: RowLayout, memory: Memory, kernels: object) => unknown;
}
/**
 * Results by name, nested as the function has them: tensors in place of numbers and arrays; `undefined` for a function
 * that has no kernels there.
 */
export type FusedRun = (call: FusedCall) => unknown;

/**
 * Runs a fused function by the path that the active backend has; `undefined` where there is none, and the portable
 * operations have to.
 */
export function fusedResult(forms: FusedForms, call: FusedCall): unknown {
  const { run } = chosenPath(forms);
  demandNumbers(call.parameters, call.params);
  const result = run?.(call);
  // Operations spread what has another shape over the batch.
  if (result === undefined)
    for (const spec of call.inputs) if (Object.hasOwn(call.batch, spec.name)) tensorOf(call, spec);
  return result;
}

const givenFor = ({ params }: FusedCall, name: string): number | undefined =>
  Object.hasOwn(params, name) ? params[name] : undefined;

/** The tensor of an input, of the shape that the layout has and of the type that kernels read. */
export function tensorOf({ batch, layout }: FusedCall, spec: InputSpec): tf.Tensor {
  const { name, role } = spec;
  const value = (batch as Readonly<Record<string, unknown>>)[name];
  if (!(value instanceof tf.Tensor)) throw new BatchError(name, `\`${name}\` is missing or no tensor`);
  demandReadable(name, value);
  demandSize(spec, value.size, layout);
  const [rows, columns] = [layout.rollouts, layout.positions];
  if (spec.level === 'token' && (value.rank !== 2 || value.shape[0] !== rows || value.shape[1] !== columns))
    throw new BatchError(
      name,
      `\`${name}\` is [${value.shape.join(', ')}], expected [${String(rows)}, ${String(columns)}]`,
    );
  const dtype = role === 'tag' ? 'int32' : 'float32';
  if (value.dtype !== dtype)
    throw new BatchError(name, `\`${name}\` holds ${value.dtype}, expected ${dtype}`);
  return value;
}

/** The shapes of tensors, by level. */
export const shapesFor = ({
  rollouts,
  positions,
  groups,
}: Layout): Readonly<Record<InputSpec['level'], number[]>> => ({
  token: [rollouts, positions],
  rollout: [rollouts],
  group: [groups],
  batch: [],
});

/** The shape of the result for an input. */
export function shapeOf(call: FusedCall, name: string): number[] {
  const spec = call.inputs.find((one) => one.name === name);
  if (spec === undefined) throw new Error(`internal: a gradient for ${name}, which is no input`);
  return shapesFor(call.layout)[spec.level];
}

/** The value of every parameter. Throws a `BatchError` for one that has no default and was not given. */
export const paramsOf = (call: FusedCall): ReadonlyMap<string, number> =>
  new Map(
    call.parameters.map((one) => [one.name, givenFor(call, one.name) ?? one.default ?? required(one.name)]),
  );

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
