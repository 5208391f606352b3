/** The SavedModel of a program: one signature per loss, each a call of one function with the whole of it. */
import type { Level } from '../../base/level.js';
import type { DerivedLoss, DerivedProgram } from '../../ir/program.js';
import { planFor } from '../../plan/plan.js';
import type { Called, Wanted } from '../../plan/prepared.js';
import type { Provenance } from '../backend.js';
import { functionFor, mustCompile } from './body.js';
import type { Library } from './builder.js';
import {
  functionNamed,
  shape,
  type,
  types,
  type Argument,
  type DType,
  type FunctionDef,
  type NodeDef,
  type SavedModel,
  type SignatureDef,
  type TensorInfo,
} from './saved-model.js';

/** `xla` is compiled as one cluster where TensorFlow has XLA, and refused where it has not; `plain` runs anywhere. */
export type Form = 'xla' | 'plain';

export interface ModelOptions extends Pick<Provenance, 'sourceHash' | 'version'> {
  readonly form: Form;
  /**
   * One signature per loss, with the metrics; or one for each function of a module (see `functionSignatures`), which has
   * a layout: `group` are places of groups then, and there are the inputs of `OF_LAYOUT`, too.
   */
  readonly signatures: 'per loss' | 'per function';
}

/** One input of every signature. */
export interface Input {
  readonly key: string;
  readonly dtype: DType;
  /** Sizes that are not known are −1. */
  readonly shape: readonly number[];
}
const SHAPES: Readonly<Record<Level, readonly number[]>> = {
  batch: [],
  group: [-1],
  rollout: [-1],
  token: [-1, -1],
};

/** In this order: `group`, `mask`, what the objective declares, its parameters. */
const inputsOf = ({ inputs, params }: DerivedProgram): readonly Input[] => [
  { key: 'group', dtype: 'int32', shape: [-1] },
  { key: 'mask', dtype: 'float32', shape: [-1, -1] },
  ...inputs.map(({ name, role, level }): Input => ({
    key: name,
    dtype: role === 'tag' ? 'int32' : 'float32',
    shape: SHAPES[level],
  })),
  ...params.map(({ name }): Input => ({ key: name, dtype: 'float32', shape: [] })),
];

/** What a layout knows that would have to be computed from `group` and `mask`. No name has a space. */
const LENGTHS = 'tokens of each rollout';
const GROUPS = 'number of groups';
const OF_LAYOUT: readonly Input[] = [
  { key: LENGTHS, dtype: 'float32', shape: [-1, 1] },
  { key: GROUPS, dtype: 'int32', shape: [] },
];

export interface Output {
  readonly key: string;
  readonly wanted: Wanted;
}

/** The loss, one gradient per model input that it reaches, and the metrics: prefixes keep their names apart. */
export function outputsOf(
  program: DerivedProgram,
  { loss, gradients }: DerivedLoss,
  withMetrics: boolean,
): readonly Output[] {
  const { inputs } = program;
  const levels = new Map(inputs.map(({ name, level }) => [name, level]));
  return [
    { key: 'loss', wanted: { name: 'loss', level: 'batch', value: loss } },
    ...gradients.map(({ input, value }): Output => ({
      key: `grad_${input}`,
      wanted: { name: input, level: levels.get(input) ?? 'token', value },
    })),
    ...(withMetrics ? metricsOf(program) : []),
  ];
}

const metricsOf = ({ metrics }: DerivedProgram): readonly Output[] =>
  metrics.map(({ name, value }) => ({
    key: `metric_${name}`,
    wanted: { name, level: 'batch', value },
  }));

/** The signatures of a model for functions. No loss is called so: no name has a space. */
export const functionSignatures = {
  withMetrics: (loss: DerivedLoss): string => `${signatureName(loss)} with metrics`,
  metrics: 'all metrics',
};

/** The signatures of a model: what each is called, and what it gives. */
function signaturesOf(
  program: DerivedProgram,
  signatures: ModelOptions['signatures'],
): readonly { readonly name: string; readonly outputs: readonly Output[] }[] {
  const named = (withMetrics: boolean, nameOf: (loss: DerivedLoss) => string) =>
    program.losses.map((loss) => ({ name: nameOf(loss), outputs: outputsOf(program, loss, withMetrics) }));
  if (signatures === 'per loss') return named(true, signatureName);
  if (program.metrics.length === 0) return named(false, signatureName);
  return [
    ...named(false, signatureName),
    ...named(true, functionSignatures.withMetrics),
    { name: functionSignatures.metrics, outputs: metricsOf(program) },
  ];
}

export const signatureName = ({ name }: DerivedLoss): string => name ?? 'loss';

/** A name that every part of TensorFlow takes, unlike all others: one that is no plain word is a number. */
const argumentName = (key: string, at: number): string =>
  /^[A-Za-z0-9_]+$/.test(key) ? `arg_${key}` : `argument_${at}`;

export function savedModel(
  program: DerivedProgram,
  called: readonly Called[],
  { form, signatures, sourceHash, version }: ModelOptions,
): SavedModel {
  const isCompiled = form === 'xla';
  const prefix = `veriloss_${sourceHash.slice(0, 16)}${isCompiled ? '' : '_plain'}`;
  const library: Library = { prefix, functions: new Map() };
  const hasLayout = signatures === 'per function';
  const inputs = [...inputsOf(program), ...(hasLayout ? OF_LAYOUT : [])];
  const args = new Map(
    inputs.map(({ key, dtype }, at): [string, Argument] => [key, { name: argumentName(key, at), dtype }]),
  );
  const nameOf = (key: string): string => args.get(key)?.name ?? '';
  const known = hasLayout ? { lengths: nameOf(LENGTHS), groups: nameOf(GROUPS) } : undefined;
  const space = { group: nameOf('group'), mask: nameOf('mask'), known };
  const placeholders = inputs.map(({ key, dtype, shape: sizes }): NodeDef => ({
    name: nameOf(key),
    op: 'Placeholder',
    inputs: [],
    attrs: { dtype: type(dtype), shape: shape(sizes) },
  }));
  const given = inputs.map(({ key, dtype, shape: sizes }): TensorInfo => ({
    key,
    tensor: `${nameOf(key)}:0`,
    dtype,
    shape: sizes,
  }));
  const parts = signaturesOf(program, signatures).map(({ name, outputs }, at) => {
    const plan = planFor(
      outputs.map(({ wanted }) => wanted),
      called,
    );
    const body = functionFor({ name: `${prefix}_${at}`, plan, args, given: space, library, isCompiled });
    const call = `call_${at}`;
    const node: NodeDef = {
      name: call,
      op: 'PartitionedCall',
      inputs: placeholders.map(({ name }) => name),
      attrs: {
        Tin: types(inputs.map(({ dtype }) => dtype)),
        Tout: types(outputs.map(() => 'float32')),
        f: functionNamed(body.name),
        ...mustCompile(isCompiled),
      },
    };
    const signature: SignatureDef = {
      name,
      inputs: given,
      outputs: outputs.map(({ key, wanted }, index): TensorInfo => ({
        key,
        tensor: `${call}:${index}`,
        dtype: 'float32',
        shape: SHAPES[wanted.level],
      })),
    };
    return { body, node, signature };
  });
  const functions: readonly FunctionDef[] = [...parts.map(({ body }) => body), ...library.functions.values()];
  return {
    origin: `compiled by veriloss ${version}: objective ${program.name}, sha256 ${sourceHash}`,
    nodes: [...placeholders, ...parts.map(({ node }) => node)],
    functions,
    signatures: parts.map(({ signature }) => signature),
  };
}
