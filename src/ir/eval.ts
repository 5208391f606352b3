/**
 * The reference interpreter: float64, ragged, free of masks by construction. It *is* the meaning of a program.
 * It evaluates every node of a graph over one batch; elements are in the order of `base/ragged.ts`.
 */
import type { IndexLevel } from '../base/level.js';
import { ancestors, peersOf, sizeOf, spread, type Ragged } from '../base/ragged.js';
import { toDouble } from './constant.js';
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
} from './expr.js';
import { intern } from './graph.js';
import { OPS } from './ops/index.js';

export interface Values {
  /** Batch-level numbers: parameters. */
  readonly params: ReadonlyMap<string, number>;
  /** One array per declared input, an entry per element of its level. */
  readonly inputs: ReadonlyMap<string, Float64Array>;
}

/** The value of each expression: an array with one entry per element of its level; booleans are 0 and 1. */
export function evaluate(exprs: readonly Expr[], ragged: Ragged, values: Values): readonly Float64Array[] {
  const graph = intern(exprs);
  const results = new Map<Expr, Float64Array>();
  const read = reader(ragged, results);
  for (const node of graph.nodes) results.set(node, evaluateNode(node, ragged, values, read));
  return graph.roots.map((root) => read(root, root.type.level).slice());
}

/** An expression's values as seen from a finer level: coarser values repeat. */
type Read = (expr: Expr, at: IndexLevel) => Float64Array;

function reader(ragged: Ragged, results: ReadonlyMap<Expr, Float64Array>): Read {
  return (expr, at) => {
    const own = results.get(expr);
    if (own === undefined) throw new Error('internal: operand evaluated after its use');
    return spread(own, ragged, expr.type.level, at);
  };
}

function evaluateNode(node: Expr, ragged: Ragged, values: Values, read: Read): Float64Array {
  const { level } = node.type;
  const each = (f: (at: number) => number): Float64Array =>
    Float64Array.from({ length: sizeOf(ragged, level) }, (_, at) => f(at));
  if (isUnary(node)) return read(node.x, level).map(OPS.unary[node.op].eval);
  if (isBinary(node)) {
    const [x, y] = [read(node.x, level), read(node.y, level)];
    const { eval: f } = OPS.binary[node.op];
    return each((at) => f(x[at] ?? NaN, y[at] ?? NaN));
  }
  if (isTernary(node)) {
    const [x, y, z] = [read(node.x, level), read(node.y, level), read(node.z, level)];
    const { eval: f } = OPS.ternary[node.op];
    return each((at) => f(x[at] ?? NaN, y[at] ?? NaN, z[at] ?? NaN));
  }
  switch (node.op) {
    case 'const':
      return Float64Array.of(toDouble(node.value));
    case 'inf':
      return Float64Array.of(node.negative ? -Infinity : Infinity);
    case 'pi':
      return Float64Array.of(Math.PI);
    case 'bool':
      return Float64Array.of(node.value ? 1 : 0);
    case 'input':
      return inputValues(node.name, node.role === 'param', values);
    case 'named':
      return read(node.x, level);
    case 'reduce':
      return reduceValues(node, ragged, read);
    case 'attains':
      return attainsValues(node, ragged, read);
    case 'swap':
      return swappedValues(node, ragged, read);
    case 'scan':
      return scanValues(node, ragged, read);
    case 'shift':
      return shiftValues(node, ragged, read);
  }
}

function inputValues(name: string, isParam: boolean, values: Values): Float64Array {
  const found = isParam ? values.params.get(name) : values.inputs.get(name);
  if (found === undefined) throw new Error(`internal: no value for ${name}`);
  return typeof found === 'number' ? Float64Array.of(found) : found;
}

/** For each element of `to`, the positions of the elements of `from` that it holds and `where` keeps, in order. */
function membersOf(node: Reduce | Attains, ragged: Ragged, read: Read): readonly (readonly number[])[] {
  const members: number[][] = Array.from({ length: sizeOf(ragged, node.to) }, () => []);
  const kept = node.where === undefined ? undefined : read(node.where, node.from);
  ancestors(ragged, node.from, node.to).forEach((outer, at) => {
    if (kept === undefined || kept[at] === 1) members[outer]?.push(at);
  });
  return members;
}

function reduceValues(node: Reduce, ragged: Ragged, read: Read): Float64Array {
  const x = read(node.x, node.from);
  const anchor = node.anchor === undefined ? undefined : read(node.anchor, node.to);
  const q = node.q === undefined ? undefined : read(node.q, node.to);
  const { eval: f } = OPS.reduce[node.reduce];
  return Float64Array.from(membersOf(node, ragged, read), (members, outer) => {
    const elements = members.map((at) => x[at] ?? NaN);
    return f(anchor === undefined ? elements : [...elements, anchor[outer] ?? NaN], q?.[outer] ?? NaN);
  });
}

function attainsValues(node: Attains, ragged: Ragged, read: Read): Float64Array {
  const x = read(node.x, node.from);
  const result = new Float64Array(sizeOf(ragged, node.from));
  for (const members of membersOf(node, ragged, read)) {
    const position = OPS.attains.position(
      node.extreme,
      members.map((at) => x[at] ?? NaN),
    );
    const winner = members[position];
    if (winner !== undefined) result[winner] = 1;
  }
  return result;
}

function swappedValues(node: Swap, ragged: Ragged, read: Read): Float64Array {
  const x = read(node.x, 'peer');
  return Float64Array.from(peersOf(ragged).opposite, (at) => x[at] ?? NaN);
}

function scanValues({ direction, x, gamma }: Scan, { rolloutOfToken }: Ragged, read: Read): Float64Array {
  const values = read(x, 'token');
  const factors = gamma === undefined ? undefined : read(gamma, 'token');
  const result = new Float64Array(values.length);
  const step = direction === 'forward' ? 1 : -1;
  for (let count = 0; count < values.length; count += 1) {
    const at = direction === 'forward' ? count : values.length - 1 - count;
    const isFirst = rolloutOfToken[at - step] !== rolloutOfToken[at];
    const own = values[at] ?? NaN;
    result[at] = isFirst ? own : OPS.scan.eval(own, result[at - step] ?? NaN, factors?.[at] ?? 1);
  }
  return result;
}

function shiftValues({ by, x, fill }: Shift, { rolloutOfToken }: Ragged, read: Read): Float64Array {
  const [values, filling] = [read(x, 'token'), read(fill, 'token')];
  return values.map((_, at) => {
    const isInside = rolloutOfToken[at - by] === rolloutOfToken[at];
    return (isInside ? values[at - by] : filling[at]) ?? NaN;
  });
}
