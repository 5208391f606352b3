/** Sums and comparisons with literals, for people: `n - 1 - 1 > 1` is `n > 3`. */
import { ONE, TRUE, add, and, constant, ge, gt, infinity, le, rational, sub } from '../../ir/build.js';
import type { Const, Expr } from '../../ir/expr.js';
import { sameExpr, withOperands } from '../../ir/graph.js';
import type { Rule } from '../rule.js';
import { P, X } from './samples.js';

/** `x + a` or `x - a` with a literal a, as x and what is added. */
function shifted(expr: Expr): { readonly x: Expr; readonly by: Const['value'] } | undefined {
  if ((expr.op !== 'add' && expr.op !== 'sub') || expr.y.op !== 'const') return undefined;
  return { x: expr.x, by: expr.op === 'add' ? expr.y.value : expr.y.value.neg() };
}

export const literalsTogether: Rule = {
  name: 'literals-together',
  mode: 'real',
  equation: 'x + a + b = x + (a + b);  likewise for -, for literals a and b',
  condition: 'always',
  apply: (expr) => {
    const outer = shifted(expr);
    const inner = outer && shifted(outer.x);
    return inner && outer && add(inner.x, rational(inner.by.add(outer.by)));
  },
  instances: [sub(sub(X, ONE), ONE), add(sub(P, ONE), constant(3)), sub(add(X, ONE), ONE)],
};

const COMPARISONS: readonly string[] = ['lt', 'le', 'gt', 'ge', 'eq', 'ne'];

export const literalsAcross: Rule = {
  name: 'literals-across',
  mode: 'real',
  equation: '(x + a > b) = (x > b - a);  likewise for every comparison, for literals a and b',
  condition: 'always',
  apply: (expr) => {
    if (!COMPARISONS.includes(expr.op) || !('y' in expr) || expr.y.op !== 'const') return undefined;
    const left = shifted(expr.x);
    return left && withOperands(expr, [left.x, rational(expr.y.value.sub(left.by))]);
  },
  instances: [gt(sub(X, ONE), ONE), ge(add(P, ONE), constant(3))],
};

export const tighterBound: Rule = {
  name: 'tighter-bound',
  mode: 'real',
  equation: 'x > a and x > b = (x > a), where a is no less than b, for literals a and b',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'and' || expr.x.op !== 'gt' || expr.y.op !== 'gt') return undefined;
    const [first, second] = [expr.x, expr.y];
    if (first.y.op !== 'const' || second.y.op !== 'const' || !sameExpr(first.x, second.x)) return undefined;
    return first.y.value.compare(second.y.value) >= 0 ? first : second;
  },
  instances: [and(gt(X, ONE), gt(X, constant(2))), and(gt(X, constant(3)), gt(X, ONE))],
};

export const noBound: Rule = {
  name: 'no-bound',
  mode: 'real',
  equation: '(x >= -inf) = true;  (x <= inf) = true',
  condition: 'x is a number',
  apply: (expr) => {
    if ((expr.op !== 'ge' && expr.op !== 'le') || expr.y.op !== 'inf') return undefined;
    return expr.y.negative === (expr.op === 'ge') ? TRUE : undefined;
  },
  instances: [ge(X, infinity(true)), le(P, infinity())],
};

export const bounds: readonly Rule[] = [literalsTogether, literalsAcross, tighterBound, noBound];
