/** Deviations from a mean, as variances and their derivatives have them: without the shift that code needs. */
import { isFiner } from '../../base/level.js';
import { P, R, X } from './samples.js';
import { ZERO, div, mul, reduce, sub } from '../../ir/build.js';
import type { Expr, Reduce } from '../../ir/expr.js';
import { sameExpr, withOperands } from '../../ir/graph.js';
import type { Rule } from '../rule.js';
import { factorsOf } from './factors.js';

const sameSet = (a: Reduce, b: Reduce): boolean =>
  a.from === b.from &&
  a.to === b.to &&
  (a.where === undefined || b.where === undefined ? a.where === b.where : sameExpr(a.where, b.where));

const ROLLOUT = { from: 'rollout', to: 'group' } as const;
const TOKEN = { from: 'token', to: 'rollout' } as const;

export const unshiftedDeviation: Rule = {
  name: 'unshifted-deviation',
  mode: 'real',
  equation: 'x - first[…](x) - mean[…](x - first[…](x)) = x - mean[…](x)',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'sub' || expr.y.op !== 'reduce' || expr.y.reduce !== 'mean') return undefined;
    const { x: shifted, y: mean } = expr;
    if (shifted.op !== 'sub' || !sameExpr(shifted, mean.x)) return undefined;
    const { x, y: first } = shifted;
    if (first.op !== 'reduce' || first.reduce !== 'first') return undefined;
    return sameSet(first, mean) && sameExpr(first.x, x) ? sub(x, withX(mean, x)) : undefined;
  },
  instances: [deviationOf(R, ROLLOUT), deviationOf(X, TOKEN)],
};
const withX = (node: Reduce, x: Expr): Expr =>
  withOperands(node, [x, ...(node.where === undefined ? [] : [node.where])]);
function deviationOf(x: Expr, set: typeof ROLLOUT | typeof TOKEN): Expr {
  const shifted = sub(x, reduce('first', set, x));
  return sub(shifted, reduce('mean', set, shifted));
}

/** Whether an expression is x − mean[…](x) over the set of a reduction. */
const isDeviation = (expr: Expr, over: Reduce): boolean =>
  expr.op === 'sub' &&
  expr.y.op === 'reduce' &&
  expr.y.reduce === 'mean' &&
  sameSet(expr.y, over) &&
  sameExpr(expr.x, expr.y.x);

export const deviationsCancel: Rule = {
  name: 'deviations-cancel',
  mode: 'real',
  equation: 'sum[…]((x - mean[…](x)) * a) = 0;  mean[…] likewise, where a is the same for all elements',
  condition: 'divisors are not 0',
  apply: (expr) => {
    if (expr.op !== 'reduce' || (expr.reduce !== 'sum' && expr.reduce !== 'mean')) return undefined;
    const { over, under } = factorsOf(expr.x);
    const varying = [...over, ...under].filter(({ type }) => isFiner(type.level, expr.to));
    const [only] = varying;
    return varying.length === 1 && only !== undefined && over.includes(only) && isDeviation(only, expr)
      ? ZERO
      : undefined;
  },
  instances: [
    reduce('sum', ROLLOUT, div(sub(R, reduce('mean', ROLLOUT, R)), P)),
    reduce('mean', TOKEN, mul(P, sub(X, reduce('mean', TOKEN, X)))),
  ],
};

export const deviations: readonly Rule[] = [unshiftedDeviation, deviationsCancel];
