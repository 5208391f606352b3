/**
 * Runs a compiled SavedModel on TensorFlow itself, where tfjs-node or tfjs-node-gpu is the active backend. Their
 * `tf.node.loadSavedModel` takes a folder and a promise; this goes to what is under it, which takes neither a promise nor
 * any package but tfjs-core. The model is compiled by XLA where TensorFlow has that for the device, else run op by op.
 */
import * as tf from '@tensorflow/tfjs-core';

/** `xla`: one cluster, compiled anew for every shape. `plain`: the same graph op by op. */
export type NativeForm = 'xla' | 'plain';

/** A tensor of the graph under the name that callers use. */
export interface NativeTensor {
  readonly key: string;
  /** `node:index` */
  readonly tensor: string;
}
export interface NativeInput extends NativeTensor {
  readonly dtype: 'float32' | 'int32' | 'bool';
  /** The sizes, −1 where any will do. */
  readonly shape: readonly number[];
}
/** A model, and what it is asked for: the outputs of one signature, or of several that take the same inputs. */
export interface NativeSource {
  /** The `saved_model.pb` in its `xla` form; the other one differs in its marks alone. */
  readonly bytes: Uint8Array;
  /** In the order in which TensorFlow gets them; `group` and `mask` are among them. */
  readonly inputs: readonly NativeInput[];
  /** Under keys of their own. */
  readonly outputs: readonly NativeTensor[];
  /** The keys of what a form computes when it is tried; all, where it is left out. */
  readonly tried?: readonly string[];
}
type Tensors = Readonly<Record<string, tf.Tensor>>;
export interface NativeModel {
  readonly form: NativeForm;
  /** Why it is not the form that comes before: what TensorFlow said. */
  readonly refused: readonly string[];
  /**
   * One tensor per output, or for each of those keys alone, which the caller disposes. It does not wait for anything.
   */
  readonly run: (inputs: Tensors, keys?: readonly string[]) => Tensors;
  /** Ends the session; `run` must not be called afterwards. */
  readonly dispose: () => void;
}
export interface NativeUnavailable {
  readonly unavailable: string;
}

/** The part of the backend of tfjs-node that runs SavedModels. */
interface TensorFlowBackend {
  readonly loadSavedModelMetaGraph: (path: string, tags: string) => number;
  readonly runSavedModel: (
    session: number,
    inputs: readonly tf.Tensor[],
    infos: readonly { readonly name: string }[],
    outputs: readonly string[],
  ) => tf.Tensor[];
  readonly deleteSavedModel: (session: number) => void;
}
const METHODS: readonly (keyof TensorFlowBackend)[] = [
  'loadSavedModelMetaGraph',
  'runSavedModel',
  'deleteSavedModel',
];

/** The part of Node that puts a file where TensorFlow reads it. */
interface Files {
  readonly mkdtempSync: (prefix: string) => string;
  readonly writeFileSync: (path: string, bytes: Uint8Array) => void;
  readonly rmSync: (path: string, options: { readonly recursive: true; readonly force: true }) => void;
}
interface Host {
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * The model of one signature, ready to run: every form is tried on a tiny batch before it is taken. A form that
 * TensorFlow refuses is passed over; where all are, or TensorFlow is not what computes, the answer says why.
 */
export function nativeModel(
  source: NativeSource,
  forms: readonly NativeForm[] = ['xla', 'plain'],
): NativeModel | NativeUnavailable {
  if (tf.getBackend() !== 'tensorflow')
    return { unavailable: `the active backend is ${tf.getBackend()}, not TensorFlow` };
  const backend = tf.backend() as unknown as TensorFlowBackend;
  const missing = METHODS.filter((name) => typeof backend[name] !== 'function');
  if (missing.length > 0)
    return { unavailable: `this version of tfjs-node has no ${missing.join(', ')}; 4.22.0 has` };
  const node = (globalThis as Host).process?.getBuiltinModule;
  if (node === undefined) return { unavailable: 'this version of Node has no process.getBuiltinModule' };
  const folders = node('node:os') as { readonly tmpdir: () => string };
  const files = node('node:fs') as Files;
  const refused: string[] = [];
  for (const form of forms) {
    try {
      const session = loaded(backend, files, folders.tmpdir(), inForm(source.bytes, form));
      const model = running(backend, session, source, form, [...refused]);
      try {
        tf.tidy(() => void model.run(smallBatch(source), source.tried));
        return model;
      } catch (error) {
        model.dispose();
        throw error;
      }
    } catch (error) {
      refused.push(`${form}: ${messageOf(error)}`);
    }
  }
  return { unavailable: refused.join('\n') };
}

/** The session of a model: TensorFlow reads a folder, which is gone again when this returns. */
function loaded(backend: TensorFlowBackend, files: Files, root: string, bytes: Uint8Array): number {
  const folder = files.mkdtempSync(`${root}/veriloss-`);
  try {
    files.writeFileSync(`${folder}/saved_model.pb`, bytes);
    return backend.loadSavedModelMetaGraph(folder, 'serve');
  } finally {
    files.rmSync(folder, { recursive: true, force: true });
  }
}

function running(
  backend: TensorFlowBackend,
  session: number,
  { inputs, outputs }: NativeSource,
  form: NativeForm,
  refused: readonly string[],
): NativeModel {
  const infos = inputs.map(({ tensor }) => ({ name: tensor }));
  const names = new Map(outputs.map(({ key, tensor }) => [key, tensor]));
  const nameOf = (key: string): string => {
    const name = names.get(key);
    if (name === undefined) throw new Error(`the model has no output \`${key}\``);
    return name;
  };
  return {
    form,
    refused,
    run: (given, keys = [...names.keys()]) => {
      const tensors = inputs.map(({ key, dtype, shape }) => checked(given[key], key, dtype, shape));
      // TensorFlow refuses to run for nothing.
      const results =
        keys.length === 0 ? [] : backend.runSavedModel(session, tensors, infos, keys.map(nameOf));
      return Object.fromEntries(
        keys.flatMap((key, at) => {
          const result = results[at];
          return result === undefined ? [] : [[key, result] as const];
        }),
      );
    },
    dispose: () => {
      backend.deleteSavedModel(session);
    },
  };
}

/** TensorFlow names a node where an input is wrong; this names the input. */
function checked(
  tensor: tf.Tensor | undefined,
  key: string,
  dtype: NativeInput['dtype'],
  shape: readonly number[],
): tf.Tensor {
  if (tensor === undefined) throw new Error(`the input \`${key}\` is missing`);
  const fits = shape.every((size, at) => size === -1 || size === tensor.shape[at]);
  if (tensor.dtype === dtype && tensor.rank === shape.length && fits) return tensor;
  const found = `${tensor.dtype} [${tensor.shape.join(', ')}]`;
  const wanted = `${dtype} [${shape.map((size) => (size === -1 ? '…' : size)).join(', ')}]`;
  throw new Error(`the input \`${key}\` is ${found}, expected ${wanted}`);
}

/** Two rollouts of two tokens, each a group of its own; all else is 0, whatever it means. */
const smallBatch = ({ inputs }: NativeSource): Tensors =>
  Object.fromEntries(
    inputs.map(({ key, dtype, shape }) => {
      const sizes = shape.map((size) => (size === -1 ? 2 : size));
      if (key === 'group') return [key, tf.range(0, 2, 1, 'int32')];
      return [key, key === 'mask' ? tf.ones(sizes, dtype) : tf.zeros(sizes, dtype)];
    }),
  );

/** The name of the mark, then its value as protobuf has it: a message of two bytes, field 5, true. */
const MARK = [...new TextEncoder().encode('_XlaMustCompile'), 0x12, 0x02, 0x28, 0x01];

/** The model in a form: without XLA, every mark is false. */
function inForm(bytes: Uint8Array, form: NativeForm): Uint8Array {
  if (form === 'xla') return bytes;
  const plain = bytes.slice();
  const [head = 0] = MARK;
  for (let at = plain.indexOf(head); at >= 0; at = plain.indexOf(head, at + 1))
    if (MARK.every((byte, index) => plain[at + index] === byte)) plain[at + MARK.length - 1] = 0;
  return plain;
}
