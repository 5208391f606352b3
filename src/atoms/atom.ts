/** What a function and an aggregate of the language are: a name, one sentence, and an expansion into ops. */
import type { IndexSet } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import type { Kind } from '../ir/type.js';

export interface Parameter {
  readonly name: string;
  readonly kind: Kind;
}

/** One row of the table of values that a test evaluates; booleans are 0 and 1. */
export interface Example {
  readonly args: readonly number[];
  readonly value: number;
}

/** An elementwise function, at the finer level of its arguments. */
export interface Atom {
  readonly name: string;
  readonly doc: string;
  readonly params: readonly Parameter[];
  /** Whether the last parameter may be given any number of times more. */
  readonly variadic: boolean;
  /** Over as many arguments as the parameters ask for; the checker has counted them. */
  readonly expand: (args: readonly Expr[]) => Expr;
  readonly examples: readonly Example[];
}

interface Described {
  readonly name: string;
  /** One sentence. */
  readonly doc: string;
}
export interface UnaryAtom extends Described {
  readonly params: readonly [Parameter];
  readonly expand: (x: Expr) => Expr;
  readonly examples: readonly { readonly args: readonly [number]; readonly value: number }[];
}
export interface TernaryAtom extends Described {
  readonly params: readonly [Parameter, Parameter, Parameter];
  readonly expand: (x: Expr, y: Expr, z: Expr) => Expr;
  readonly examples: readonly { readonly args: readonly [number, number, number]; readonly value: number }[];
}
/** Two arguments or more; `expand` is folded from the left. */
export interface VariadicAtom extends Described {
  readonly variadic: true;
  readonly params: readonly [Parameter, Parameter];
  readonly expand: (x: Expr, y: Expr) => Expr;
  readonly examples: readonly {
    readonly args: readonly [number, number, ...number[]];
    readonly value: number;
  }[];
}

/** A parameter that takes a number. */
export const real = (name: string): Parameter => ({ name, kind: 'real' });

export function defineAtom(atom: UnaryAtom): Atom;
export function defineAtom(atom: TernaryAtom): Atom;
export function defineAtom(atom: VariadicAtom): Atom;
export function defineAtom(atom: UnaryAtom | TernaryAtom | VariadicAtom): Atom {
  const { name, doc, params, examples } = atom;
  const variadic = 'variadic' in atom;
  const expand = (args: readonly Expr[]): Expr => {
    const [x, y, z, ...rest] = args;
    if (isUnary(atom) && x && !y) return atom.expand(x);
    if (isTernary(atom) && x && y && z && rest.length === 0) return atom.expand(x, y, z);
    if ('variadic' in atom && x && y)
      return args.slice(1).reduce((folded, one) => atom.expand(folded, one), x);
    throw new Error(`internal: ${name} takes ${params.length} arguments, got ${args.length}`);
  };
  return { name, doc, params, variadic, expand, examples };
}
const isUnary = (atom: UnaryAtom | TernaryAtom | VariadicAtom): atom is UnaryAtom => atom.params.length === 1;
const isTernary = (atom: UnaryAtom | TernaryAtom | VariadicAtom): atom is TernaryAtom =>
  atom.params.length === 3;

/** The elements of one index set, in order, with what stands beside them if anything; booleans are 0 and 1. */
export interface AggregateExample {
  readonly elements: readonly number[];
  readonly anchor?: number;
  readonly beside?: number;
  readonly value: number;
}

/** A reduction of an index set into one value at its outer level. */
export interface Aggregate {
  readonly name: string;
  /** One sentence. */
  readonly doc: string;
  /** What is reduced; `none` where only the elements themselves count. */
  readonly argument: Kind | 'none';
  readonly result: Kind;
  /** The value over an empty index set. */
  readonly overNothing: number | boolean | 'error unless anchor';
  readonly acceptsAnchor: boolean;
  /** A second argument, a number at the result's level or coarser; it goes by position, or by its name. */
  readonly beside?: Parameter;
  /** `x` is the constant 1 where there is no argument; after it comes the anchor, or the second argument. */
  readonly expand: (set: IndexSet, x: Expr, beside?: Expr) => Expr;
  readonly examples: readonly AggregateExample[];
}

export const defineAggregate = (aggregate: Aggregate): Aggregate => aggregate;

/** What a scan takes besides x: a number coarser than tokens, or an integer literal. */
export interface ScanParameter {
  readonly name: string;
  readonly kind: 'number' | 'integer literal';
  /** Whether its name has to stand before it; else it may. */
  readonly labelled: boolean;
}

/** The arguments of a scan: x, and the rest in the order of its parameters. */
export interface ScanArguments {
  readonly x: Expr;
  /** One for each parameter that is a number. */
  readonly numbers: readonly Expr[];
  /** One for each parameter that is an integer literal. */
  readonly integers: readonly number[];
}

/** The tokens of one rollout, in order, and what the scan makes of them. */
export interface ScanExample {
  readonly x: readonly number[];
  readonly numbers?: readonly number[];
  readonly integers?: readonly number[];
  readonly value: readonly number[];
}

/** An operation along a rollout, which stays at its tokens. */
export interface Scan {
  readonly name: string;
  /** One sentence. */
  readonly doc: string;
  /** Besides x, in order. */
  readonly params: readonly ScanParameter[];
  /** The checker has found every argument. */
  readonly expand: (args: ScanArguments) => Expr;
  readonly examples: readonly ScanExample[];
}

export const defineScan = (scan: Scan): Scan => scan;

/** An argument that the checker has found. */
export function given<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`internal: ${name} lacks an argument`);
  return value;
}
