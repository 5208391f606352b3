/**
 * A few values of a program on one small batch, as a straight line of operations on numbers: what they read is found once, and
 * evaluation takes microseconds. It gives what `ir/eval.ts` gives, and what is found with it is confirmed elsewhere.
 */
import type { IndexLevel } from '../../base/level.js';
import { peersOf, sizeOf } from '../../base/ragged.js';
import { toDouble } from '../../ir/constant.js';
import {
  isBinary,
  isTernary,
  isUnary,
  type Attains,
  type Expr,
  type Reduce,
  type Scan,
  type Shift,
} from '../../ir/expr.js';
import { operandsOf, type Graph } from '../../ir/graph.js';
import { OPS } from '../../ir/ops/index.js';
import type { Scene } from './scene.js';

/** An expression of a graph at one element of its level. */
export interface Place {
  readonly expr: Expr;
  readonly element: number;
}

export interface Tape {
  /** Which numbers of the batch are read at all, in order. */
  readonly reads: readonly number[];
  readonly length: number;
  /** The value of each place, in order; the place that is cut is `cut` where that is given. The result is used again by the next run. */
  readonly run: (values: Float64Array, cut?: number) => Float64Array;
}

type Operation = (values: Float64Array) => number;
/** Where the value of an operand stands, for an element of the level of what reads it. */
type Address = (operand: Expr, from: IndexLevel, element: number) => number;

/** The places on a tape. `cut` is a value that is given from outside, and what it is made of is not read. */
export function tapeOf({ nodes }: Graph, places: readonly Place[], scene: Scene, cut?: Place): Tape {
  const wanted = new Map<Expr, Set<number>>();
  const want = (expr: Expr, element: number): void => {
    const known = wanted.get(expr);
    if (known === undefined) wanted.set(expr, new Set([element]));
    else known.add(element);
  };
  const isCut = (expr: Expr, element: number): boolean => expr === cut?.expr && element === cut.element;
  for (const { expr, element } of places) want(expr, element);
  for (let at = nodes.length - 1; at >= 0; at -= 1) {
    const node = nodes[at];
    if (node === undefined) continue;
    for (const element of wanted.get(node) ?? [])
      if (!isCut(node, element))
        for (const read of readsOf(node, element, scene)) want(read.expr, read.element);
  }

  const start = scene.slots.length;
  const addresses = new Map<Expr, Map<number, number>>();
  const operations: Operation[] = [];
  const reads = new Set<number>();
  const address: Address = (operand, from, element) => {
    const own = scene.holders(from, operand.type.level)[element] ?? 0;
    return addresses.get(operand)?.get(own) ?? NaN;
  };
  const place = (node: Expr, element: number, at: number): void => {
    const known = addresses.get(node);
    if (known === undefined) addresses.set(node, new Map([[element, at]]));
    else known.set(element, at);
  };
  for (const node of nodes)
    for (const element of inOrder(node, wanted.get(node))) {
      if (isCut(node, element)) {
        place(node, element, start);
      } else if (node.op === 'input') {
        const slot = (scene.startOf.get(node.name) ?? 0) + element;
        reads.add(slot);
        place(node, element, slot);
      } else if (node.op === 'named') place(node, element, address(node.x, node.type.level, element));
      else {
        place(node, element, start + 1 + operations.length);
        operations.push(operationOf(node, element, scene, address));
      }
    }
  const outputs = places.map(({ expr, element }) => addresses.get(expr)?.get(element) ?? NaN);
  const results = new Float64Array(outputs.length);
  const buffer = new Float64Array(start + 1 + operations.length);
  const run = (values: Float64Array, given = NaN): Float64Array => {
    buffer.set(values);
    buffer[start] = given;
    let at = start;
    for (const operation of operations) buffer[(at += 1)] = operation(buffer);
    for (const [place, from] of outputs.entries()) results[place] = buffer[from] ?? NaN;
    return results;
  };
  return { reads: [...reads].sort((a, b) => a - b), length: operations.length, run };
}

/** Equal up to the dust of binary arithmetic: −4.7 + 5 is 0.3 to whoever searches, and exact to whoever confirms. */
const alike = (x: number, y: number): boolean =>
  Math.abs(x - y) <= 1e-12 * Math.max(1, Math.abs(x), Math.abs(y)) || x === y;
const LENIENT: { readonly [op in Expr['op']]?: (x: number, y: number) => number } = {
  eq: (x, y) => (alike(x, y) ? 1 : 0),
  ne: (x, y) => (alike(x, y) ? 0 : 1),
};

/** A scan reads its own value at the token before, or after. */
function inOrder(node: Expr, elements: ReadonlySet<number> = new Set()): readonly number[] {
  const sorted = [...elements].sort((a, b) => a - b);
  return node.op === 'scan' && node.direction === 'backward' ? sorted.reverse() : sorted;
}

/** The elements of `from` that an element of `to` holds. */
const membersOf = (
  { holders }: Scene,
  { from, to }: Pick<Reduce, 'from' | 'to'>,
  outer: number,
): readonly number[] =>
  [...holders(from, to)].flatMap((holder, element) => (holder === outer ? [element] : []));

const before = ({ direction }: Scan): number => (direction === 'forward' ? -1 : 1);
const sameRollout = (scene: Scene, a: number, b: number): boolean =>
  scene.ragged.rolloutOfToken[a] !== undefined &&
  scene.ragged.rolloutOfToken[a] === scene.ragged.rolloutOfToken[b];

/** What an element of a node reads: operands at elements of their own levels. */
function readsOf(node: Expr, element: number, scene: Scene): readonly Place[] {
  const seen = (expr: Expr, from: IndexLevel, at: number): Place => ({
    expr,
    element: scene.holders(from, expr.type.level)[at] ?? 0,
  });
  const own = (expr: Expr | undefined, level: IndexLevel = node.type.level): readonly Place[] =>
    expr === undefined ? [] : [seen(expr, level, element)];
  switch (node.op) {
    case 'reduce':
    case 'attains': {
      const { from, to, x, where } = node;
      const outer = node.op === 'reduce' ? element : (scene.holders(from, to)[element] ?? 0);
      const inside = membersOf(scene, node, outer).flatMap((at) => [
        seen(x, from, at),
        ...(where === undefined ? [] : [seen(where, from, at)]),
      ]);
      return node.op === 'attains' ? inside : [...inside, ...own(node.anchor), ...own(node.q)];
    }
    case 'swap':
      return [seen(node.x, 'peer', peersOf(scene.ragged).opposite[element] ?? 0)];
    case 'scan': {
      const reads = [...own(node.x), ...own(node.gamma)];
      const size = sizeOf(scene.ragged, 'token');
      for (let at = element + before(node); at >= 0 && at < size; at += before(node))
        if (sameRollout(scene, at, element))
          reads.push({ expr: node, element: at }, seen(node.x, 'token', at));
      return reads;
    }
    case 'shift': {
      const from = element - node.by;
      return sameRollout(scene, from, element) ? [seen(node.x, 'token', from)] : own(node.fill);
    }
    default:
      return operandsOf(node).flatMap((operand) => own(operand));
  }
}

function operationOf(node: Expr, element: number, scene: Scene, address: Address): Operation {
  const own = (operand: Expr): number => address(operand, node.type.level, element);
  if (isUnary(node)) {
    const [{ eval: f }, x] = [OPS.unary[node.op], own(node.x)];
    return (v) => f(v[x] ?? NaN);
  }
  if (isBinary(node)) {
    const f =
      node.x.type.kind === 'real' ? (LENIENT[node.op] ?? OPS.binary[node.op].eval) : OPS.binary[node.op].eval;
    const [x, y] = [own(node.x), own(node.y)];
    return (v) => f(v[x] ?? NaN, v[y] ?? NaN);
  }
  if (isTernary(node)) {
    const [{ eval: f }, x, y, z] = [OPS.ternary[node.op], own(node.x), own(node.y), own(node.z)];
    return (v) => f(v[x] ?? NaN, v[y] ?? NaN, v[z] ?? NaN);
  }
  switch (node.op) {
    case 'const': {
      const value = toDouble(node.value);
      return () => value;
    }
    case 'inf': {
      const value = node.negative ? -Infinity : Infinity;
      return () => value;
    }
    case 'pi':
      return () => Math.PI;
    case 'bool': {
      const value = node.value ? 1 : 0;
      return () => value;
    }
    case 'reduce':
      return reduction(node, element, scene, address);
    case 'attains':
      return attainment(node, element, scene, address);
    case 'swap': {
      const x = address(node.x, 'peer', peersOf(scene.ragged).opposite[element] ?? 0);
      return (v) => v[x] ?? NaN;
    }
    case 'scan':
      return running(node, element, scene, address);
    case 'shift':
      return shifted(node, element, scene, address);
    case 'input':
    case 'named':
      throw new Error('internal: an input and a name are no operations');
  }
}

interface Member {
  readonly element: number;
  readonly x: number;
  readonly where: number | undefined;
}
const addressesOf = (
  node: Reduce | Attains,
  outer: number,
  scene: Scene,
  address: Address,
): readonly Member[] =>
  membersOf(scene, node, outer).map((element) => ({
    element,
    x: address(node.x, node.from, element),
    where: node.where === undefined ? undefined : address(node.where, node.from, element),
  }));
const isKept = ({ where }: Member, v: Float64Array): boolean => where === undefined || v[where] === 1;

function reduction(node: Reduce, element: number, scene: Scene, address: Address): Operation {
  const { eval: f } = OPS.reduce[node.reduce];
  const members = addressesOf(node, element, scene, address);
  const beside = (operand: Expr | undefined): number =>
    operand === undefined ? NaN : address(operand, node.to, element);
  const [anchor, q] = [beside(node.anchor), beside(node.q)];
  return (v) => {
    const elements: number[] = [];
    for (const member of members) if (isKept(member, v)) elements.push(v[member.x] ?? NaN);
    if (node.anchor !== undefined) elements.push(v[anchor] ?? NaN);
    return f(elements, v[q] ?? NaN);
  };
}

function attainment(node: Attains, element: number, scene: Scene, address: Address): Operation {
  const members = addressesOf(node, scene.holders(node.from, node.to)[element] ?? 0, scene, address);
  return (v) => {
    const kept = members.filter((member) => isKept(member, v));
    const elements = kept.map(({ x }) => v[x] ?? NaN);
    return kept[OPS.attains.position(node.extreme, elements)]?.element === element ? 1 : 0;
  };
}

function running(node: Scan, element: number, scene: Scene, address: Address): Operation {
  const x = address(node.x, 'token', element);
  const from = element + before(node);
  if (!sameRollout(scene, from, element)) return (v) => v[x] ?? NaN;
  const y = address(node, 'token', from);
  const gamma = node.gamma === undefined ? undefined : address(node.gamma, 'token', element);
  return (v) => OPS.scan.eval(v[x] ?? NaN, v[y] ?? NaN, gamma === undefined ? 1 : (v[gamma] ?? NaN));
}

function shifted({ by, x, fill }: Shift, element: number, scene: Scene, address: Address): Operation {
  const from = element - by;
  const read = sameRollout(scene, from, element)
    ? address(x, 'token', from)
    : address(fill, 'token', element);
  return (v) => v[read] ?? NaN;
}
