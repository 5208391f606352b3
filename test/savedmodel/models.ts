/** From a program to its SavedModel, in this process, and what it computes of a batch. Not a test. */
import * as tf from '@tensorflow/tfjs-core';
import { forCode } from '../../src/compile.js';
import { modelBytes } from '../../src/emit/savedmodel/emit.js';
import { outputsOf, savedModel } from '../../src/emit/savedmodel/model.js';
import type { SavedModel } from '../../src/emit/savedmodel/saved-model.js';
import { evaluateProgram } from '../../src/evaluation.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { lossesOf, type EvaluatedLoss } from '../../src/report/evaluated.js';
import { nativeModel, type NativeForm, type NativeSource } from '../../src/runtime/index.js';
import { toTensors, type RawBatch } from '../emit/batches.js';

export type Params = Readonly<Record<string, number>>;

const ORIGIN = { sourceHash: '0'.repeat(64), version: '0' } as const;

/** The model with its metrics, in its compiled form. */
export const modelOf = (program: DerivedProgram, form: NativeForm = 'xla'): SavedModel =>
  savedModel(forCode(program), [], { ...ORIGIN, form, signatures: 'per loss' });

/** Every signature with the bytes of the whole. */
export function sourcesOf(program: DerivedProgram): readonly NativeSource[] {
  const bytes = modelBytes(forCode(program), { ...ORIGIN, form: 'xla', signatures: 'per loss' });
  return modelOf(program).signatures.map(({ inputs, outputs }) => ({ bytes, inputs, outputs }));
}

export interface Computed {
  readonly loss: number;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly metrics: Readonly<Record<string, number>>;
}

/** The tensors that a signature takes, by name. */
export function given(
  raw: RawBatch,
  program: DerivedProgram,
  params: Params,
  garbage = true,
): Readonly<Record<string, tf.Tensor>> {
  const { group, ...tensors } = toTensors(raw, program.inputs, garbage);
  return {
    ...(tensors as Readonly<Record<string, tf.Tensor>>),
    group: tf.tensor1d([...(group as readonly number[])], 'int32'),
    ...Object.fromEntries(program.params.map(({ name }) => [name, tf.scalar(params[name] ?? NaN)])),
  };
}

export type Run = (inputs: Readonly<Record<string, tf.Tensor>>) => Readonly<Record<string, tf.Tensor>>;

/** One function per loss, in one form; it fails where TensorFlow refuses that form. */
export function runsOf(
  program: DerivedProgram,
  form: NativeForm,
): readonly { run: Run; dispose: () => void }[] {
  return sourcesOf(program).map((source) => {
    const model = nativeModel(source, [form]);
    if ('unavailable' in model) throw new Error(model.unavailable);
    return model;
  });
}

/** What the loss at a place gives, read back. */
export function computeWith(
  run: Run,
  inputs: Readonly<Record<string, tf.Tensor>>,
  program: DerivedProgram,
  at: number,
): Computed {
  const outputs = run(inputs);
  const loss = program.losses[at];
  if (loss === undefined) throw new Error('no such loss');
  const read = (key: string): readonly number[] => Array.from(outputs[key]?.dataSync() ?? []);
  const keys = outputsOf(program, loss, true).map(({ key }) => key);
  if (keys.join() !== Object.keys(outputs).join()) throw new Error(Object.keys(outputs).join());
  const result = {
    loss: read('loss')[0] ?? NaN,
    gradients: Object.fromEntries(loss.gradients.map(({ input }) => [input, read(`grad_${input}`)])),
    metrics: Object.fromEntries(program.metrics.map(({ name }) => [name, read(`metric_${name}`)[0] ?? NaN])),
  };
  tf.dispose(Object.values(outputs));
  return result;
}

/** The reference in float64. */
export function expected(
  program: DerivedProgram,
  raw: RawBatch,
  params: Params,
): { readonly losses: readonly EvaluatedLoss[]; readonly metrics: Readonly<Record<string, number>> } {
  const outcome = evaluateProgram(program, raw, params);
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  return { losses: lossesOf(outcome.evaluation), metrics: outcome.evaluation.metrics };
}
