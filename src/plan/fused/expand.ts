/**
 * Reductions in the few forms that loops know: sums, extremes and the like, of tokens within their rollout, of rollouts
 * within their group or the batch, of groups within the batch. Each rewrite holds in floating point but for rounding.
 */
import { mayBeEmpty } from '../../base/level.js';
import {
  ONE,
  ZERO,
  abs,
  add,
  and,
  attains,
  count,
  div,
  exp,
  gt,
  hasToken,
  infinity,
  log,
  lt,
  max,
  mul,
  not,
  or,
  reduce,
  select,
  sub,
  swap,
  type IndexSet,
} from '../../ir/build.js';
import {
  isElementwise,
  isPlace,
  type Attains,
  type Expr,
  type Reduce,
  type Shift,
  type Swap,
} from '../../ir/expr.js';
import { operandsOf, rebuild, withOperands } from '../../ir/graph.js';

/** The same values in the forms that `fuse` schedules. */
export function expanded(roots: readonly Expr[]): readonly Expr[] {
  let values = roots;
  // What one form becomes may be in another that is still to be replaced.
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = rebuild(values, expandOnce).roots;
    if (next.every((one, at) => one === values[at])) break;
    values = next;
  }
  return values;
}
const ROUNDS = 6;

function expandOnce(expr: Expr): Expr {
  if (expr.op === 'named' || expr.op === 'stop') return expr.x;
  if (expr.op === 'swap') return swapped(expr);
  if (expr.op === 'attains') return attainedByParts(expr);
  if (expr.op === 'shift') return shiftedSame(expr);
  if (expr.op !== 'reduce') return expr;
  if (expr.reduce === 'mean') return meanOf(expr);
  if (expr.reduce === 'logsumexp') return logsumexpOf(expr);
  if (isSameForTokens(expr)) return repeatedOf(expr);
  return byRollouts(expr);
}

const setOf = ({ from, to, where }: Reduce | Attains): IndexSet => ({ from, to, where });

/** A sum over the number of elements, shifted by the first one where that matters; 0 over nothing. */
function meanOf(node: Reduce): Expr {
  const set = setOf(node);
  const size = node.where === undefined && !mayBeEmpty(node.from) ? count(set) : max(count(set), ONE);
  const plain = div(reduce('sum', set, node.x), size);
  if (mayBeEmpty(node.from)) return plain;
  // Equal values have exactly their value for a mean.
  const first = reduce('first', set, node.x);
  const shifted = add(first, div(reduce('sum', set, sub(node.x, first)), size));
  return select(lt(abs(first), infinity()), shifted, plain);
}

/** The maximum, and the logarithm of the sum of what is left: `m + log Σ exp(x − m)`; m itself where it is infinite. */
function logsumexpOf(node: Reduce): Expr {
  const set = setOf(node);
  const { x, anchor } = node;
  const extreme = reduce('max', set, x);
  const top = anchor === undefined ? extreme : max(extreme, anchor);
  const inner = reduce('sum', set, exp(sub(x, top)));
  const total = anchor === undefined ? inner : add(inner, exp(sub(anchor, top)));
  return select(lt(abs(top), infinity()), add(top, log(total)), top);
}

/** Whether a reduction runs over the tokens of a rollout and looks at none of them; their number is asked for plainly. */
const isSameForTokens = (node: Reduce): boolean =>
  node.from === 'token' &&
  node.to === 'rollout' &&
  node.reduce !== 'quantile' &&
  !isPlainCount(node) &&
  [node.x, node.where].every((part) => part?.type.level !== 'token');

/** The same value as often as the rollout has tokens. */
function repeatedOf(node: Reduce): Expr {
  const { reduce: op, from, to, x, where } = node;
  const length = count({ from, to });
  const isThereAny = gt(length, ZERO);
  const counts = where === undefined ? isThereAny : and(where, isThereAny);
  if (op === 'any') return and(counts, x);
  if (op === 'all') return or(not(counts), x);
  return select(counts, op === 'sum' ? mul(length, x) : x, NOTHING[op] ?? ZERO);
}
const NOTHING: Partial<Readonly<Record<Reduce['reduce'], Expr>>> = { max: infinity(true), min: infinity() };

/** A reduction of tokens beyond their rollout: of each rollout's tokens first, and of the results then. */
function byRollouts(node: Reduce): Expr {
  const { reduce: op, from, to, x, where } = node;
  if (from !== 'token' || to === 'rollout' || op === 'quantile') return node;
  const inner = reduce(op, { from, to: 'rollout', where }, x);
  if (op !== 'first') return reduce(op, { from: 'rollout', to }, inner);
  return reduce(op, { from: 'rollout', to, where: isThere(where) }, inner);
}

/** Whether a rollout has a token that counts. */
const isThere = (where: Expr | undefined): Expr => gt(count({ from: 'token', to: 'rollout', where }), ZERO);

/** The first token of the first rollout whose own extreme is that of all. */
function attainedByParts(node: Attains): Expr {
  const { extreme, from, to, x, where } = node;
  if (from !== 'token' || to === 'rollout') return node;
  const inner: IndexSet = { from, to: 'rollout', where };
  const outer: IndexSet = { from: 'rollout', to, where: isThere(where) };
  return and(attains(extreme, outer, reduce(extreme, inner, x)), attains(extreme, inner, x));
}

/** What is the same for all tokens of a rollout is moved by asking whether there is a token to move it from. */
function shiftedSame(node: Shift): Expr {
  const { by, x, fill } = node;
  return x.type.level === 'token' || isPlace(node) ? node : select(hasToken(by), x, fill);
}

/** Of a value per pair, the exchange goes down to its parts: `swap(f(x, y)) = f(swap(x), swap(y))`. */
function swapped(node: Swap): Expr {
  const { x } = node;
  if (x.op === 'swap') return x.x;
  if (!isElementwise(x) || x.type.level !== 'peer') return node;
  return withOperands(x, operandsOf(x).map(swap));
}

/** Whether a reduction asks for the number of all elements alone, which the layout of a batch knows. */
export const isPlainCount = (expr: Expr): boolean =>
  expr.op === 'reduce' &&
  expr.reduce === 'sum' &&
  expr.where === undefined &&
  expr.x.op === 'const' &&
  expr.x.value.equals(1);
