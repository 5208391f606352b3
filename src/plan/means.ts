/**
 * Means in fewer operations. A mean is shifted by the first element, so that the mean of equal values is that value:
 * this matters for what is computed from data, where deviations of equal values have to be 0. What the model computes
 * is averaged plainly.
 */
import { mayBeEmpty } from '../base/level.js';
import { ONE, count, div, max, reduce, sub } from '../ir/build.js';
import type { Expr, Reduce } from '../ir/expr.js';
import { intern, operandsOf } from '../ir/graph.js';

/** A rewrite of expressions under these roots, which are interned; it sees operands first. */
export function cheaperMeans(roots: readonly Expr[]): (expr: Expr) => Expr {
  const { nodes } = intern(roots);
  const readsModel = readersOfModel();
  /** Whether the value is divided by what reads the other, and used for nothing else. */
  const isOnlyDividedBy = (value: Expr, other: Expr): boolean =>
    !roots.includes(value) &&
    nodes
      .filter((node) => operandsOf(node).includes(value))
      .every((user) => user.op === 'div' && user.x === value && reaches(user.y, other));
  return (expr) => {
    if (isMean(expr)) return readsModel(expr.x) || isShifted(expr) ? plain(expr) : expr;
    if (expr.op !== 'sub' || !isMean(expr.y) || expr.y.x !== expr.x) return expr;
    const mean = expr.y;
    const shifted = nodes.find((node) => node.op === 'sub' && node.x === mean.x && isFirst(node.y, mean));
    // An infinite first element makes NaN of the others' shifted values: so it does of the divisor that reads them.
    if (shifted === undefined || !isOnlyDividedBy(expr, shifted)) return expr;
    return sub(shifted, plain(reduce('mean', mean, shifted)));
  };
}

/** A mean over rollouts or groups; sums over tokens are never shifted. */
const isMean = (expr: Expr): expr is Reduce =>
  expr.op === 'reduce' && expr.reduce === 'mean' && expr.from !== 'token';

/** Whether the mean is of `x - first(x)`: its own first element is 0 already. */
const isShifted = (mean: Reduce): boolean =>
  mean.x.op === 'sub' && isFirst(mean.x.y, { ...mean, x: mean.x.x });

/** Whether the expression is the first of the elements that a mean is of; all of them count. */
function isFirst(expr: Expr, { from, to, where, x }: Reduce): boolean {
  const first = expr.op === 'stop' ? expr.x : expr;
  return (
    first.op === 'reduce' &&
    first.reduce === 'first' &&
    first.from === from &&
    first.to === to &&
    first.where === undefined &&
    where === undefined &&
    first.x === x
  );
}

/** The sum, divided by the number of elements; 0 over nothing, which a condition may leave, and a group of one. */
function plain(mean: Reduce): Expr {
  const size = isOfOthers(mean) ? sub(count({ from: 'rollout', to: 'group' }), ONE) : count(mean);
  return div(
    reduce('sum', mean, mean.x),
    mean.where === undefined && !mayBeEmpty(mean.from) ? size : max(size, ONE),
  );
}

/** Over all others: how many they are, the host knows. */
const isOfOthers = ({ from, to, where }: Reduce): boolean =>
  from === 'peer' && to === 'rollout' && where === undefined;

function readersOfModel(): (expr: Expr) => boolean {
  const known = new Map<Expr, boolean>();
  return (root) => {
    const stack = [root];
    for (let expr = stack.at(-1); expr !== undefined; expr = stack.at(-1)) {
      const waiting = operandsOf(expr).filter((operand) => !known.has(operand));
      if (waiting.length > 0) {
        stack.push(...waiting);
        continue;
      }
      stack.pop();
      const isModel = expr.op === 'input' && expr.role === 'model';
      known.set(expr, isModel || operandsOf(expr).some((operand) => known.get(operand)));
    }
    return known.get(root) === true;
  };
}

function reaches(from: Expr, to: Expr): boolean {
  const seen = new Set<Expr>();
  const stack = [from];
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    if (expr === to) return true;
    if (seen.has(expr)) continue;
    seen.add(expr);
    stack.push(...operandsOf(expr));
  }
  return false;
}
