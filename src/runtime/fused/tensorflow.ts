/** The graph of a module on TensorFlow itself, in one call: compiled by XLA where TensorFlow has it, else op by op. */
import * as tf from '@tensorflow/tfjs-core';
import type { Layout } from '../layout.js';
import {
  nativeModel,
  type NativeInput,
  type NativeModel,
  type NativeSource,
  type NativeUnavailable,
} from '../native.js';
import { bytesOfBase64 } from '../plain/base64.js';
import type { FusedPath } from './path.js';
import { paramsOf, shapesFor, tensorOf, type FusedCall, type FusedRun } from './run.js';

/** A result by name, nested as a function has it, with the names that TensorFlow has for tensors in their place. */
export interface NativeResult {
  readonly [name: string]: string | NativeResult;
}
/** The model of a module, whose inputs are what the objective declares, its parameters, and what a layout knows. */
export interface NativeFunctions {
  /** The `saved_model.pb` as base64. */
  readonly bytes: string;
  readonly inputs: readonly NativeInput[];
  /** What each function gives: one tensor, or several by name. */
  readonly results: Readonly<Record<string, string | NativeResult>>;
  /** Tensors that take all that the graph can do: whoever runs them runs the others. */
  readonly tried: readonly string[];
}

const sourceOf = ({ bytes, inputs, results, tried }: NativeFunctions): NativeSource => ({
  tried,
  bytes: bytesOfBase64(bytes),
  inputs,
  outputs: [...new Set(Object.values(results).flatMap(namesIn))].map((tensor) => ({ key: tensor, tensor })),
});
const NO_GRAPH = 'the module carries no graph for TensorFlow';

/** One cluster, which is compiled anew for every shape; after so many of them, batches of any other run op by op. */
export const xlaPath: FusedPath = {
  start({ native }) {
    if (native === undefined) return NO_GRAPH;
    const source = sourceOf(native);
    const cluster = nativeModel(source, ['xla']);
    if ('unavailable' in cluster) return cluster.unavailable;
    const shapes = new Set<string>();
    let plain: NativeModel | NativeUnavailable | undefined;
    return runOf(({ rollouts, positions, groups }) => {
      const shape = [rollouts, positions, groups].join();
      if (shapes.size < MOST_SHAPES) shapes.add(shape);
      if (shapes.has(shape)) return cluster;
      plain ??= nativeModel(source, ['plain']);
      return 'unavailable' in plain ? cluster : plain;
    }, native);
  },
};
/** A compilation takes from a third of a second on: where batches go on having other shapes, it is never earned back. */
const MOST_SHAPES = 16;

export const graphPath: FusedPath = {
  start({ native }) {
    if (native === undefined) return NO_GRAPH;
    const model = nativeModel(sourceOf(native), ['plain']);
    return 'unavailable' in model ? model.unavailable : runOf(() => model, native);
  },
};

const runOf =
  (modelFor: (layout: Layout) => NativeModel, { inputs, results }: NativeFunctions): FusedRun =>
  (call) => {
    const result = results[call.name];
    if (result === undefined) throw new Error(`internal: the graph has no ${call.name}`);
    const { run } = modelFor(call.layout);
    return tf.tidy(() => tensorsFor(result, run(valuesOf(call, inputs), namesIn(result))));
  };

/** The names of the tensors of a result, in order. */
const namesIn = (result: string | NativeResult): readonly string[] =>
  typeof result === 'string' ? [result] : Object.values(result).flatMap(namesIn);

function tensorsFor(
  result: string | NativeResult,
  tensors: Readonly<Record<string, tf.Tensor>>,
): tf.TensorContainer {
  if (typeof result !== 'string')
    return Object.fromEntries(
      Object.entries(result).map(([name, part]) => [name, tensorsFor(part, tensors)]),
    ) as tf.TensorContainer;
  const tensor = tensors[result];
  if (tensor === undefined) throw new Error(`internal: TensorFlow left out ${result}`);
  return tensor;
}

/** What the graph takes of a layout, by the names of its inputs: groups by their place, not by their id. */
const OF_LAYOUT: ReadonlyMap<string, (layout: Layout) => tf.Tensor> = new Map([
  ['group', (layout) => layout.groupOfRollout],
  ['mask', (layout) => layout.weights],
  ['tokens of each rollout', (layout) => layout.lengths],
  [
    'number of groups',
    (layout) => layout.derived('number of groups', () => tf.scalar(layout.groups, 'int32')),
  ],
]);

/** What the graph is called with. */
function valuesOf(call: FusedCall, inputs: readonly NativeInput[]): Readonly<Record<string, tf.Tensor>> {
  const { layout } = call;
  const params = paramsOf(call);
  const shapes = shapesFor(layout);
  return Object.fromEntries(
    inputs.map(({ key }) => {
      const known = OF_LAYOUT.get(key);
      if (known !== undefined) return [key, known(layout)];
      const param = params.get(key);
      if (param !== undefined) return [key, tf.scalar(param)];
      const spec = call.inputs.find(({ name }) => name === key);
      if (spec === undefined) throw new Error(`internal: the graph has an input ${key}`);
      const [tensor, shape] = [tensorOf(call, spec), shapes[spec.level]];
      // TensorFlow takes longer to reshape a tensor than to compute all of a small batch.
      return [key, tf.util.arraysEqual(tensor.shape, shape) ? tensor : tf.reshape(tensor, shape)];
    }),
  );
}
