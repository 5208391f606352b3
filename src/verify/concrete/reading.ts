/**
 * The values of a program on one concrete batch as exact terms: numbers are folded, and what a claim varies is a variable
 * at one element. The analogue of `ir/eval.ts` for statements about limits and suprema at a witness.
 */
import { ancestors, peersOf, sizeOf, type Ragged } from '../../base/ragged.js';
import type { IndexLevel } from '../../base/level.js';
import {
  isBinary,
  isTernary,
  isUnary,
  type Attains,
  type Expr,
  type Reduce,
  type Scan,
  type Shift,
  type Swap,
} from '../../ir/expr.js';
import { intern } from '../../ir/graph.js';
import * as b from '../../proof/build.js';
import { ratio, type Rational } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';
import { COMPARISONS, type Comparison } from './elementwise.js';
import { extended, type Decide, type Extended, type Truth, type Value } from './extended.js';
import { attaining, reduced, type Member } from './reductions.js';
import { decideConstants } from './decide.js';

export interface ConcreteBatch {
  readonly ragged: Ragged;
  readonly params: ReadonlyMap<string, Rational>;
  /** One list per input, an entry per element of its level, in the order of `base/ragged.ts`. */
  readonly inputs: ReadonlyMap<string, readonly Rational[]>;
  /** Numbers of an input that are all moved by the same. */
  readonly shift?: { readonly input: string; readonly elements: ReadonlySet<number>; readonly by: Term };
}
/** What a claim varies (an input, or a let's `named` node), at one element of its level. */
export interface Varied {
  readonly expr: Expr;
  readonly element: number;
  /** The name of the variable that stands for it. */
  readonly as: string;
}

/** An entry per element of the expression's level, undefined where it has no value. */
export interface Readings {
  readonly values: (expr: Expr) => readonly Value[];
  readonly truths: (expr: Expr) => readonly Truth[];
}

/** Reads these expressions on the batch; `decide` settles literals of constants, such as e^0.3 > 1.2. */
export function readConcretely(
  exprs: readonly Expr[],
  batch: ConcreteBatch,
  varied?: Varied,
  decide: Decide = decideConstants,
): Readings {
  const graph = intern(exprs);
  const reals = new Map<Expr, readonly Value[]>();
  const truths = new Map<Expr, readonly Truth[]>();
  const reader: Reader = { ...batch, reals, truths, ops: extended(decide), ...(varied && { varied }) };
  for (const node of graph.nodes)
    if (node.type.kind === 'bool') truths.set(node, truthsOf(node, reader));
    else reals.set(node, withVariable(node, valuesOf(node, reader), varied));
  const rootOf = new Map(exprs.map((expr, at) => [expr, graph.roots[at] ?? expr]));
  return {
    values: (expr) => reals.get(rootOf.get(expr) ?? expr) ?? [],
    truths: (expr) => truths.get(rootOf.get(expr) ?? expr) ?? [],
  };
}

interface Reader extends ConcreteBatch {
  readonly reals: ReadonlyMap<Expr, readonly Value[]>;
  readonly truths: ReadonlyMap<Expr, readonly Truth[]>;
  readonly ops: Extended;
  readonly varied?: Varied;
}

const isVaried = (node: Expr, { expr }: Varied): boolean =>
  (node.op === 'named' || node.op === 'input') && node.op === expr.op && node.name === expr.name;

function withVariable(node: Expr, values: readonly Value[], varied: Varied | undefined): readonly Value[] {
  if (varied === undefined || !isVaried(node, varied)) return values;
  return values.map((value, at) => (at === varied.element ? b.variable(varied.as) : value));
}

/** A value as seen from each element of a finer level. */
function seen<T>(
  own: readonly T[] | undefined,
  { ragged }: Reader,
  from: IndexLevel,
  at: IndexLevel,
): readonly T[] {
  if (own === undefined) throw new Error('internal: operand evaluated after its use');
  return from === at ? own : Array.from(ancestors(ragged, at, from), (index) => own[index] as T);
}
const valuesAt = (expr: Expr, at: IndexLevel, reader: Reader): readonly Value[] =>
  seen(reader.reals.get(expr), reader, expr.type.level, at);
const truthsAt = (expr: Expr, at: IndexLevel, reader: Reader): readonly Truth[] =>
  seen(reader.truths.get(expr), reader, expr.type.level, at);

function valuesOf(node: Expr, reader: Reader): readonly Value[] {
  const { ops } = reader;
  const { level } = node.type;
  const at = (expr: Expr): readonly Value[] => valuesAt(expr, level, reader);
  if (isUnary(node) && node.op !== 'not') {
    const { op } = node;
    return at(node.x).map((x) => ops.unary(op, x));
  }
  if (node.op === 'select') {
    const [y, z] = [at(node.y), at(node.z)];
    return truthsAt(node.x, level, reader).map((x, index) => ops.select(x, y[index], z[index]));
  }
  if (isTernary(node)) {
    const [y, z] = [at(node.y), at(node.z)];
    return at(node.x).map((x, index) => ops.clip(x, y[index], z[index]));
  }
  if (isBinary(node)) return binaryValues(node, reader);
  switch (node.op) {
    case 'const':
      return [b.number(ratio(node.value.s * node.value.n, node.value.d))];
    case 'inf':
      return [node.negative ? '-inf' : 'inf'];
    case 'pi':
      return [b.pi];
    case 'input':
      return inputValues(node.name, node.role === 'param', reader);
    case 'named':
      return at(node.x);
    case 'reduce':
      return reduceValues(node, reader);
    case 'swap':
      return swappedValues(node, reader);
    case 'scan':
      return scanValues(node, reader);
    case 'shift':
      return shifted(node, valuesAt(node.x, 'token', reader), valuesAt(node.fill, 'token', reader), reader);
    default:
      throw new Error(`internal: ${node.op} is a condition`);
  }
}

function binaryValues(node: Extract<Expr, { readonly y: Expr }>, reader: Reader): readonly Value[] {
  const { level } = node.type;
  const y = valuesAt(node.y, level, reader);
  const { op } = node;
  switch (op) {
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'pow':
    case 'min':
    case 'max':
      return valuesAt(node.x, level, reader).map((x, index) => reader.ops.binary(op, x, y[index]));
    default:
      throw new Error(`internal: ${op} has no number`);
  }
}

function inputValues(name: string, isParam: boolean, { params, inputs, shift }: Reader): readonly Value[] {
  const value = params.get(name);
  if (isParam && value !== undefined) return [b.number(value)];
  const found = inputs.get(name);
  if (found === undefined) throw new Error(`internal: no value for ${name}`);
  return found.map((one, at) =>
    shift?.input === name && shift.elements.has(at) ? b.sum(b.number(one), shift.by) : b.number(one),
  );
}

const isComparison = (op: Expr['op']): op is Comparison => op in COMPARISONS;

function truthsOf(node: Expr, reader: Reader): readonly Truth[] {
  const { level } = node.type;
  const at = (expr: Expr): readonly Truth[] => truthsAt(expr, level, reader);
  const both = (x: Expr, y: Expr, f: (p: Condition, q: Condition) => Condition): readonly Truth[] => {
    const others = at(y);
    return at(x).map((p, index) => joined(p, others[index], f));
  };
  switch (node.op) {
    case 'bool':
      return [b.truth(node.value)];
    case 'not':
      return at(node.x).map((x) => (x === undefined ? undefined : b.not(x)));
    case 'and':
      return both(node.x, node.y, b.and);
    case 'or':
      return both(node.x, node.y, b.or);
    case 'named':
      return at(node.x);
    case 'select': {
      const [y, z] = [at(node.y), at(node.z)];
      return at(node.x).map((x, index) => reader.ops.choose(x, y[index], z[index]));
    }
    case 'reduce':
      return quantified(node, reader);
    case 'attains':
      return attained(node, reader);
    case 'swap':
      return swapped(truthsAt(node.x, 'peer', reader), reader);
    case 'shift':
      return shifted(node, truthsAt(node.x, 'token', reader), truthsAt(node.fill, 'token', reader), reader);
    default:
      if (!isBinary(node) || !isComparison(node.op)) throw new Error(`internal: ${node.op} is a number`);
      return compared(node.op, node.x, node.y, level, reader);
  }
}

function joined(p: Truth, q: Truth, f: (p: Condition, q: Condition) => Condition): Truth {
  return p === undefined || q === undefined ? undefined : f(p, q);
}

function compared(op: Comparison, x: Expr, y: Expr, level: IndexLevel, reader: Reader): readonly Truth[] {
  if (x.type.kind === 'bool') {
    const others = truthsAt(y, level, reader);
    const same = (p: Condition, q: Condition): Condition => b.or(b.and(p, q), b.and(b.not(p), b.not(q)));
    return truthsAt(x, level, reader).map((p, at) =>
      joined(p, others[at], (one, other) => (op === 'eq' ? same(one, other) : b.not(same(one, other)))),
    );
  }
  const others = valuesAt(y, level, reader);
  return valuesAt(x, level, reader).map((value, at) => reader.ops.compare(op, value, others[at]));
}

/** For each element of `to`, the positions of the elements of `from` that may be in its set, with the condition. */
function setsOf(node: Reduce | Attains, reader: Reader): readonly (readonly (readonly [number, Truth])[])[] {
  const sets: (readonly [number, Truth])[][] = Array.from(
    { length: sizeOf(reader.ragged, node.to) },
    () => [],
  );
  const kept = node.where === undefined ? undefined : truthsAt(node.where, node.from, reader);
  ancestors(reader.ragged, node.from, node.to).forEach((outer, at) => {
    const condition = kept === undefined ? b.truth(true) : kept[at];
    if (condition?.op !== 'boolean' || condition.value) sets[outer]?.push([at, condition]);
  });
  return sets;
}
/** The members of a set; nothing where it is not known what keeps one in it. */
function membersOf(
  set: readonly (readonly [number, Truth])[],
  values: readonly Value[],
): readonly Member[] | undefined {
  const members = set.flatMap(([at, kept]) => (kept === undefined ? [] : [{ value: values[at], kept }]));
  return members.length === set.length ? members : undefined;
}

function reduceValues(node: Reduce, reader: Reader): readonly Value[] {
  const { reduce } = node;
  if (reduce === 'any' || reduce === 'all') throw new Error(`internal: ${reduce} has no number`);
  const values = valuesAt(node.x, node.from, reader);
  const beside = node.anchor ?? node.q;
  const besides = beside === undefined ? undefined : valuesAt(beside, node.to, reader);
  return setsOf(node, reader).map((set, outer) => {
    const members = membersOf(set, values);
    return members && reduced(reduce, members, besides?.[outer], besides !== undefined, reader.ops);
  });
}

function quantified(node: Reduce, reader: Reader): readonly Truth[] {
  const truths = truthsAt(node.x, node.from, reader);
  return setsOf(node, reader).map((set) => {
    const parts = set.map(([at, kept]): Truth => {
      const truth = truths[at];
      if (kept === undefined || truth === undefined) return undefined;
      return node.reduce === 'any' ? b.and(kept, truth) : b.or(b.not(kept), truth);
    });
    if (!parts.every((one) => one !== undefined)) return undefined;
    return node.reduce === 'any' ? b.or(...parts) : b.and(...parts);
  });
}

function attained(node: Attains, reader: Reader): readonly Truth[] {
  const values = valuesAt(node.x, node.from, reader);
  const result: Truth[] = values.map(() => b.truth(false));
  for (const set of setsOf(node, reader)) {
    const members = membersOf(set, values);
    const winners = members && attaining(node.extreme, members, reader.ops);
    set.forEach(([at], index) => {
      result[at] = winners?.[index];
    });
  }
  return result;
}

const swapped = <T>(values: readonly T[], { ragged }: Reader): readonly T[] =>
  Array.from(peersOf(ragged).opposite, (at) => values[at] as T);
const swappedValues = ({ x }: Swap, reader: Reader): readonly Value[] =>
  swapped(valuesAt(x, 'peer', reader), reader);

function scanValues({ direction, x, gamma }: Scan, reader: Reader): readonly Value[] {
  const values = valuesAt(x, 'token', reader);
  const factors = gamma === undefined ? undefined : valuesAt(gamma, 'token', reader);
  const { rolloutOfToken } = reader.ragged;
  const result: Value[] = [...values];
  const step = direction === 'forward' ? 1 : -1;
  for (let count = 0; count < values.length; count += 1) {
    const at = direction === 'forward' ? count : values.length - 1 - count;
    if (rolloutOfToken[at - step] !== rolloutOfToken[at]) continue;
    const carried =
      factors === undefined ? result[at - step] : reader.ops.binary('mul', factors[at], result[at - step]);
    result[at] = reader.ops.binary('add', values[at], carried);
  }
  return result;
}

function shifted<T>(
  { by }: Shift,
  values: readonly T[],
  filling: readonly T[],
  { ragged }: Reader,
): readonly T[] {
  const { rolloutOfToken } = ragged;
  return values.map((_, at) => {
    const isInside = rolloutOfToken[at - by] === rolloutOfToken[at];
    return (isInside ? values[at - by] : filling[at]) as T;
  });
}

/** Where the element of a finer (or the same) level is in a coarser one. */
export const elementAt = (ragged: Ragged, of: IndexLevel, element: number, at: IndexLevel): number =>
  ancestors(ragged, of, at)[element] ?? 0;
