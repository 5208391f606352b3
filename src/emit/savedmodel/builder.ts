/** Makes the nodes of one function. Equal nodes are made once: every op that is used here is pure. */
import {
  tensor,
  type,
  type Argument,
  type Attrs,
  type DType,
  type FunctionDef,
  type NodeDef,
  type Result,
} from './saved-model.js';

/** A value in a function: an argument's name or `node:output:index`. */
export type Ref = string;

export interface Made {
  /** What TensorFlow calls the output. */
  readonly output: string;
  readonly dtype: DType;
}
export interface Builder {
  /** Makes a node and answers its outputs; those that share a name are counted within it. */
  readonly node: (
    op: string,
    inputs: readonly Ref[],
    attrs: Attrs,
    outputs: readonly Made[],
  ) => readonly Ref[];
  readonly dtypeOf: (ref: Ref) => DType;
  /** The number that a value is, where it is a constant scalar. */
  readonly numberOf: (ref: Ref) => number | undefined;
  /** What nodes that are made from now on belong to: it stands before their names. */
  readonly within: (scope: string | undefined) => void;
  /** The name of a function of the library, which is made when it is first asked for. */
  readonly library: (name: string, make: (name: string) => FunctionDef) => string;
  /** The function, without what its results do not need. */
  readonly finish: (name: string, results: readonly Result[], attrs: Attrs) => FunctionDef;
}
/** Functions that functions call, by what they do. */
export interface Library {
  /** Stands before the name of every function, so that models do not meet in one process. */
  readonly prefix: string;
  readonly functions: Map<string, FunctionDef>;
}

/** What may stand in the name of a node; anything else drops out. */
const scopeName = (scope: string): string | undefined => {
  const name = scope.replace(/[^A-Za-z0-9_]/g, '');
  return /^[A-Za-z]/.test(name) ? name : undefined;
};

export function builder(args: readonly Argument[], library: Library): Builder {
  const nodes: NodeDef[] = [];
  const made = new Map<string, readonly Ref[]>();
  const dtypes = new Map<Ref, DType>(args.map(({ name, dtype }) => [name, dtype]));
  const numbers = new Map<Ref, number>();
  const counts = new Map<string, number>();
  let prefix = '';
  const fresh = (op: string): string => {
    const at = counts.get(op) ?? 0;
    counts.set(op, at + 1);
    return `${prefix}${op}_${at}`;
  };
  return {
    node: (op, inputs, attrs, outputs) => {
      const key = JSON.stringify([op, inputs, attrs], (_, value: unknown) =>
        typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
          ? `${1 / value} ${value}`
          : value,
      );
      const known = made.get(key);
      if (known !== undefined) return known;
      const name = fresh(op);
      nodes.push({ name, op, inputs, attrs });
      const refs = outputs.map(({ output, dtype }, at) => {
        const index = outputs.slice(0, at).filter((one) => one.output === output).length;
        const ref = `${name}:${output}:${index}`;
        dtypes.set(ref, dtype);
        return ref;
      });
      made.set(key, refs);
      const { value } = attrs;
      const [ref] = refs;
      if (ref !== undefined && value?.kind === 'tensor' && value.value.shape.length === 0)
        numbers.set(ref, value.value.values[0] ?? NaN);
      return refs;
    },
    dtypeOf: (ref) => {
      const dtype = dtypes.get(ref);
      if (dtype === undefined) throw new Error(`internal: ${ref} is read before it is made`);
      return dtype;
    },
    numberOf: (ref) => numbers.get(ref),
    within: (scope) => {
      const name = scope === undefined ? undefined : scopeName(scope);
      prefix = name === undefined ? '' : `${name}/`;
    },
    library: (what, make) => {
      const name = `${library.prefix}_${what}`;
      if (!library.functions.has(name)) library.functions.set(name, make(name));
      return name;
    },
    finish: (name, results, attrs) => ({ name, args, results, nodes: needed(nodes, results), attrs }),
  };
}

/** The nodes that results are made of, in the order in which they were made. */
function needed(nodes: readonly NodeDef[], results: readonly Result[]): readonly NodeDef[] {
  const nodeOf = (ref: Ref): string => ref.split(':')[0] ?? ref;
  const wanted = new Set(results.map(({ from }) => nodeOf(from)));
  const kept = [...nodes].reverse().filter(({ name, inputs }) => {
    if (!wanted.has(name)) return false;
    for (const input of inputs) wanted.add(nodeOf(input));
    return true;
  });
  return kept.reverse();
}

/** Attributes of a node whose operands are all of one type. */
export const ofType = (dtype: DType, more: Attrs = {}): Attrs => ({ T: type(dtype), ...more });

/** A constant as the attributes of a `Const`. */
export const constantAttrs = (dtype: DType, shape: readonly number[], values: readonly number[]): Attrs => ({
  value: tensor({ dtype, shape, values }),
  dtype: type(dtype),
});
