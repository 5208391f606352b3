/** Where a value is read from a finer level than its own, and how strictly it has to have that level's shape. */
import { finer, isFiner, type IndexLevel } from '../base/level.js';
import { isBinary, isPlace, type Attains, type Expr, type Reduce } from '../ir/expr.js';
import { isOne } from './host.js';

/**
 * How an operand is read: in arithmetic, where many backends broadcast cheaply (`factor`); in other elementwise kernels
 * (`spread`); where nothing but the full shape will do (`full`).
 */
export type Need = 'factor' | 'spread' | 'full';
const STRICTNESS: readonly Need[] = ['factor', 'spread', 'full'];
export const stricter = (a: Need, b: Need): Need => (STRICTNESS.indexOf(a) >= STRICTNESS.indexOf(b) ? a : b);

const ARITHMETIC: readonly string[] = ['add', 'sub', 'mul', 'div'];

/** A reduction that asks only how many elements there are, or whether there is one. */
const isCounted = (node: Reduce | Attains): boolean =>
  node.op === 'reduce' &&
  ((node.reduce === 'sum' && isOne(node.x)) ||
    (node.reduce === 'any' && node.x.op === 'bool' && node.x.value));

/** The level at which a node reads its operand at a position. */
export function readLevel(node: Expr, at: number): IndexLevel {
  if (node.op === 'swap') return finer('rollout', node.x.type.level);
  if (node.op === 'scan') return at === 0 ? 'token' : 'rollout';
  if (node.op === 'shift') return isPlace(node) ? 'batch' : 'token';
  if (node.op !== 'reduce' && node.op !== 'attains') return node.type.level;
  if (at === 0 && isCounted(node)) return node.x.type.level;
  const isBeside =
    node.op === 'reduce' &&
    (node.anchor !== undefined || node.q !== undefined) &&
    at === (node.where === undefined ? 1 : 2);
  return isBeside ? node.to : node.from;
}

/** How a node reads an operand: a number of the batch is as good as a tensor in most kernels. */
export function needOf(node: Expr, at: number): Need {
  if (node.op === 'attains' || node.op === 'swap') return 'full';
  if (node.op === 'scan') return at === 0 ? 'full' : 'spread';
  if (node.op === 'shift') return node.type.kind === 'real' || at === 0 ? 'full' : 'spread';
  if (node.op === 'reduce') return readLevel(node, at) === node.from ? 'full' : 'spread';
  if (node.op === 'select') return isFiner(node.type.level, 'rollout') ? 'full' : 'spread';
  return isBinary(node) && ARITHMETIC.includes(node.op) ? 'factor' : 'spread';
}

/** Whether an operand has to be lifted; one number for the whole batch fits everywhere but in full shape. */
export const isLifted = (operand: Expr, to: IndexLevel, need: Need): boolean =>
  isFiner(to, operand.type.level) && (operand.type.level !== 'batch' || need === 'full');
