/**
 * Values of an objective as this checker sees them: few operations, each value at a level. Everything else of the language is
 * written with these, so that what a kink is, and which side it takes, is said once, in `build.ts`.
 */
import { finer, isFiner, type IndexLevel } from '../../base/level.js';
import { ONE, ZERO, equal, sign, times, plus, type Rational, whole } from '../rational.js';
import { standsSo, type Relation } from '../term.js';

interface Levelled {
  readonly level: IndexLevel;
}
export type Number_ = Levelled &
  (
    | { readonly op: 'number'; readonly value: Rational }
    | { readonly op: 'pi' }
    | { readonly op: 'infinity'; readonly isNegative: boolean }
    | { readonly op: 'input'; readonly name: string }
    /** A name of the program: apart from every equal value. */
    | { readonly op: 'let'; readonly name: string; readonly x: Number_ }
    | { readonly op: 'sum' | 'product'; readonly of: readonly Number_[] }
    | { readonly op: 'inverse' | 'exp' | 'log' | 'root' | 'stop'; readonly x: Number_ }
    | { readonly op: 'select'; readonly if: Truth; readonly then: Number_; readonly else: Number_ }
    /** `like` is the sum that a count is the size of: both are taken apart alike. */
    | ({ readonly op: 'total'; readonly x: Number_; readonly like?: Number_ } & IndexSet)
    | ({ readonly op: 'extreme'; readonly which: 'max' | 'min'; readonly x: Number_ } & IndexSet)
    | ({ readonly op: 'quantile'; readonly x: Number_; readonly q: Number_ } & IndexSet)
    | { readonly op: 'swap'; readonly x: Number_ }
    | { readonly op: 'scan'; readonly isForward: boolean; readonly x: Number_; readonly gamma: Number_ }
    | { readonly op: 'shift'; readonly by: number; readonly x: Number_; readonly fill: Number_ }
  );
export type Truth = Levelled &
  (
    | { readonly op: 'boolean'; readonly value: boolean }
    | { readonly op: 'named'; readonly name: string; readonly x: Truth }
    | { readonly op: Relation; readonly x: Number_ }
    | { readonly op: 'not'; readonly x: Truth }
    | { readonly op: 'and' | 'or'; readonly of: readonly Truth[] }
    | ({ readonly op: 'attains'; readonly which: 'max' | 'min'; readonly x: Number_ } & IndexSet)
    | { readonly op: 'swapped'; readonly x: Truth }
    | { readonly op: 'shifted'; readonly by: number; readonly x: Truth }
  );
export interface IndexSet {
  readonly from: IndexLevel;
  readonly to: IndexLevel;
  readonly where: Truth;
}
export type Node = Number_ | Truth;

const TRUTHS: readonly string[] = [
  'boolean',
  'named',
  '>=',
  '>',
  '==',
  '!=',
  'not',
  'and',
  'or',
  'attains',
  'swapped',
  'shifted',
];
export const isTruth = (node: Node): node is Truth => TRUTHS.includes(node.op);

const finest = (...of: readonly Levelled[]): IndexLevel =>
  of.reduce<IndexLevel>((level, one) => finer(level, one.level), 'batch');

export const number = (value: Rational | number): Number_ => ({
  op: 'number',
  level: 'batch',
  value: typeof value === 'number' ? whole(value) : value,
});
export const one = number(ONE);
export const zero = number(ZERO);
export const pi: Number_ = { op: 'pi', level: 'batch' };
export const infinity = (isNegative: boolean): Number_ => ({ op: 'infinity', level: 'batch', isNegative });
export const input = (name: string, level: IndexLevel): Number_ => ({ op: 'input', level, name });

/** A sum with its numbers added up. */
export function sum(...of: readonly Number_[]): Number_ {
  const { value, others } = folded(of, 'sum', plus, ZERO);
  const all = sign(value) === 0 ? others : [...others, number(value)];
  return all.length === 1 && all[0] !== undefined
    ? all[0]
    : all.length === 0
      ? zero
      : { op: 'sum', level: finest(...all), of: all };
}
/** The same value at each element of a finer level. */
export const spread = (x: Number_, to: IndexLevel): Number_ =>
  isFiner(to, x.level) ? { op: 'sum', level: to, of: [x] } : x;
/** A product with its numbers multiplied; 0 times what may have no value is not 0. */
export function product(...of: readonly Number_[]): Number_ {
  const { value, others } = folded(of, 'product', times, ONE);
  const all = value.n === 1n && value.d === 1n ? others : [number(value), ...others];
  return all.length === 1 && all[0] !== undefined
    ? all[0]
    : all.length === 0
      ? one
      : { op: 'product', level: finest(...all), of: all };
}
function folded(
  of: readonly Number_[],
  op: 'sum' | 'product',
  join: (a: Rational, b: Rational) => Rational,
  start: Rational,
): { readonly value: Rational; readonly others: readonly Number_[] } {
  let value = start;
  const others: Number_[] = [];
  for (const x of of)
    if (x.op === 'number') value = join(value, x.value);
    else if (x.op === op && x.of.length > 1) {
      const inner = folded(x.of, op, join, start);
      value = join(value, inner.value);
      others.push(...inner.others);
    } else others.push(x);
  return { value, others };
}
export const negative = (x: Number_): Number_ => product(number(-1), x);
/** x, of a selection that is |x|: x where it is positive, −x where that is, 0 otherwise. */
export function absoluteOf(node: Extract<Number_, { op: 'select' }>): Number_ | undefined {
  const { if: isAbove, then: x, else: other } = node;
  if (isAbove.op !== '>' || isAbove.x !== x || other.op !== 'select') return undefined;
  if (other.if.op !== '>' || !isNumber(other.else, 0n)) return undefined;
  const negated = factorsOf(negative(x));
  const isNegative = (one: Node): boolean =>
    factorsOf(one).length === negated.length &&
    factorsOf(one).every((factor, at) => isAlike(factor, negated[at]));
  return [other.if.x, other.then].every(isNegative) ? x : undefined;
}
const factorsOf = (one: Node): readonly Node[] => (one.op === 'product' ? one.of : [one]);
const isAlike = (a: Node, b: Node | undefined): boolean =>
  a === b || (a.op === 'number' && b?.op === 'number' && equal(a.value, b.value));
const isNumber = (one: Node | undefined, n: bigint): boolean =>
  one?.op === 'number' && one.value.n === n && one.value.d === 1n;
export const difference = (x: Number_, y: Number_): Number_ => sum(x, negative(y));
export const unary = (op: 'inverse' | 'exp' | 'log' | 'root' | 'stop', x: Number_): Number_ => ({
  op,
  level: x.level,
  x,
});
export const exp = (x: Number_): Number_ => unary('exp', x);
export const log = (x: Number_): Number_ => unary('log', x);
export const inverse = (x: Number_): Number_ => unary('inverse', x);
export const quotient = (x: Number_, y: Number_): Number_ => product(x, inverse(y));

export function select(condition: Truth, then: Number_, otherwise: Number_): Number_ {
  if (condition.op === 'boolean') return condition.value ? then : otherwise;
  if (condition.op === 'not') return select(condition.x, otherwise, then);
  return { op: 'select', level: finest(condition, then, otherwise), if: condition, then, else: otherwise };
}
export const total = (set: IndexSet, x: Number_): Number_ =>
  x.op === 'number' && sign(x.value) === 0 && set.where.op === 'boolean'
    ? zero
    : { op: 'total', level: set.to, ...set, x };
export const count = (set: IndexSet, like?: Number_): Number_ => ({
  op: 'total',
  level: set.to,
  ...set,
  x: one,
  ...(like !== undefined && { like }),
});
/** A value per rollout as seen from its peers, and one per pair with both exchanged. */
export const swap = (x: Number_): Number_ =>
  isFiner('rollout', x.level) ? x : { op: 'swap', level: 'peer', x };

export const truth = (value: boolean): Truth => ({ op: 'boolean', level: 'batch', value });
/** How a value stands to 0; beside an infinity, decided. */
export function literal(op: Relation, x: Number_): Truth {
  if (x.op === 'number') return truth(standsSo(op, sign(x.value)));
  if (x.op === 'infinity') return truth(standsSo(op, x.isNegative ? -1 : 1));
  return { op, level: x.level, x };
}
/** x − y stands so to 0, where either may be an infinity. */
export function compared(op: Relation, x: Number_, y: Number_): Truth {
  if (x.op === 'infinity' || y.op === 'infinity')
    return truth(standsSo(op, sizeOf(x) === sizeOf(y) ? 0 : sizeOf(x) > sizeOf(y) ? 1 : -1));
  return literal(op, difference(x, y));
}
const sizeOf = (x: Number_): number => (x.op !== 'infinity' ? 0 : x.isNegative ? -1 : 1);

export function not(x: Truth): Truth {
  if (x.op === 'boolean') return truth(!x.value);
  return x.op === 'not' ? x.x : { op: 'not', level: x.level, x };
}
/** What stands behind something false is not looked at; what stands before it has to have a value all the same. */
export function and(...of: readonly Truth[]): Truth {
  const end = of.findIndex((x) => x.op === 'boolean' && !x.value);
  const all = (end < 0 ? of : of.slice(0, end + 1)).filter((x) => x.op !== 'boolean' || !x.value);
  return all.length === 1 && all[0] !== undefined
    ? all[0]
    : all.length === 0
      ? truth(true)
      : { op: 'and', level: finest(...all), of: all };
}
export const or = (...of: readonly Truth[]): Truth => not(and(...of.map(not)));
export const swapped = (x: Truth): Truth =>
  isFiner('rollout', x.level) ? x : { op: 'swapped', level: 'peer', x };
/** Whether the set holds an element for which something is so. */
export const any = (set: IndexSet, x: Truth): Truth =>
  literal('>', count({ ...set, where: and(set.where, x) }));

/** Operands of both kinds, in the order in which they are read. */
export function operands(node: Node): readonly Node[] {
  switch (node.op) {
    case 'sum':
    case 'product':
    case 'and':
    case 'or':
      return node.of;
    case 'select':
      return [node.if, node.then, node.else];
    case 'total':
    case 'extreme':
    case 'attains':
      return [node.where, node.x];
    case 'quantile':
      return [node.where, node.x, node.q];
    case 'scan':
      return [node.x, node.gamma];
    case 'shift':
      return [node.x, node.fill];
    case 'number':
    case 'pi':
    case 'infinity':
    case 'input':
    case 'boolean':
      return [];
    default:
      return [node.x];
  }
}

/** Every value under some, operands first, each object once. */
export function postOrder(...roots: readonly Node[]): readonly Node[] {
  const order = new Set<Node>();
  const open = new Set<Node>();
  const stack: Node[] = [...roots].reverse();
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    if (order.has(node) || open.has(node)) {
      stack.pop();
      order.add(node);
      continue;
    }
    open.add(node);
    for (const operand of [...operands(node)].reverse()) if (!order.has(operand)) stack.push(operand);
  }
  return [...order];
}
