/** Signs move outwards, where they meet and cancel. All are exact in floating point, the sign of a zero apart. */
import { add, div, mul, neg, reduce, sub } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import type { Rule } from '../rule.js';
import { P, R, X, Y } from './samples.js';

const positive = (expr: Expr): Expr | undefined => (expr.op === 'neg' ? expr.x : undefined);

export const doubleNegation: Rule = {
  name: 'double-negation',
  mode: 'float',
  equation: '-(-x) = x;  -(x - y) = y - x',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'neg') return undefined;
    return positive(expr.x) ?? (expr.x.op === 'sub' ? sub(expr.x.y, expr.x.x) : undefined);
  },
  instances: [neg(neg(X)), neg(sub(X, R))],
};

export const signOfProduct: Rule = {
  name: 'sign-of-product',
  mode: 'float',
  equation: '(-x) * y = -(x * y);  x * (-y) = -(x * y);  (-x) / y = -(x / y);  x / (-y) = -(x / y)',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'mul' && expr.op !== 'div') return undefined;
    const make = expr.op === 'mul' ? mul : div;
    const [x, y] = [positive(expr.x), positive(expr.y)];
    if (x !== undefined && y !== undefined) return make(x, y);
    if (x !== undefined) return neg(make(x, expr.y));
    return y === undefined ? undefined : neg(make(expr.x, y));
  },
  instances: [mul(neg(X), R), mul(X, neg(P)), div(neg(X), P), div(X, neg(Y)), mul(neg(X), neg(Y))],
};

export const signOfSum: Rule = {
  name: 'sign-of-sum',
  mode: 'float',
  equation: 'x + (-y) = x - y;  (-x) + y = y - x;  x - (-y) = x + y',
  condition: 'always',
  apply: (expr) => {
    if (expr.op === 'add') {
      const [x, y] = [positive(expr.x), positive(expr.y)];
      return y !== undefined ? sub(expr.x, y) : x !== undefined ? sub(expr.y, x) : undefined;
    }
    if (expr.op !== 'sub') return undefined;
    const y = positive(expr.y);
    return y === undefined ? undefined : add(expr.x, y);
  },
  instances: [add(X, neg(R)), add(neg(X), R), sub(X, neg(P))],
};

export const signOfReduction: Rule = {
  name: 'sign-of-reduction',
  mode: 'float',
  equation: 'sum[…](-x) = -sum[…](x);  mean[…](-x) = -mean[…](x)',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'reduce' || (expr.reduce !== 'sum' && expr.reduce !== 'mean')) return undefined;
    const x = positive(expr.x);
    return x === undefined ? undefined : neg(reduce(expr.reduce, expr, x));
  },
  instances: [
    reduce('sum', { from: 'token', to: 'rollout' }, neg(X)),
    reduce('mean', { from: 'rollout', to: 'batch' }, neg(R)),
  ],
};

export const signs: readonly Rule[] = [doubleNegation, signOfProduct, signOfSum, signOfReduction];
