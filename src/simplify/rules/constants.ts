/** Arithmetic on literals, exact, and neutral elements. */
import { ONE, ZERO, add, constant, div, exp, mul, neg, rational, reduce, sub } from '../../ir/build.js';
import type { BinaryOp, Const, Expr } from '../../ir/expr.js';
import { isBinary } from '../../ir/expr.js';
import type { Rule } from '../rule.js';
import { P, X } from './samples.js';

const isConst = (expr: Expr): expr is Const => expr.op === 'const';
export const isNumber = (expr: Expr, value: number): boolean => isConst(expr) && expr.value.equals(value);

const FOLD: { readonly [op in BinaryOp]?: (x: Const['value'], y: Const['value']) => Const['value'] } = {
  add: (x, y) => x.add(y),
  sub: (x, y) => x.sub(y),
  mul: (x, y) => x.mul(y),
  div: (x, y) => x.div(y),
};

/** Far beyond every double; powers of powers of literals have more digits than memory holds. */
const LONGEST = 10n ** 700n;
export const isShort = ({ n, d }: Const['value']): boolean => n < LONGEST && d < LONGEST;

export const foldConstants: Rule = {
  name: 'fold-constants',
  mode: 'float',
  equation: 'a ∘ b = the number a ∘ b, for literals a and b',
  condition: 'a divisor is not 0, and the number has at most 700 digits above and below its line',
  apply: (expr) => {
    if (expr.op === 'neg' && isConst(expr.x)) return rational(expr.x.value.neg());
    if (!isBinary(expr) || !isConst(expr.x) || !isConst(expr.y)) return undefined;
    if (expr.op === 'div' && expr.y.value.equals(0)) return undefined;
    const folded = FOLD[expr.op]?.(expr.x.value, expr.y.value);
    return folded && isShort(folded) ? rational(folded) : undefined;
  },
  instances: [add(ONE, ONE), neg(ONE), div(ONE, constant(3)), sub(ZERO, constant('0.2'))],
};

/** The neutral element drops out; in floating point the sign of a zero may change, and nothing else. */
export const neutralElements: Rule = {
  name: 'neutral-elements',
  mode: 'float',
  equation: 'x + 0 = x;  x - 0 = x;  0 - x = -x;  1 * x = x;  x / 1 = x;  -1 * x = -x;  x / -1 = -x',
  condition: 'always',
  apply: (expr) => {
    if (!isBinary(expr)) return undefined;
    const { op, x, y } = expr;
    if (op === 'add') return isNumber(x, 0) ? y : isNumber(y, 0) ? x : undefined;
    if (op === 'sub') return isNumber(y, 0) ? x : isNumber(x, 0) ? neg(y) : undefined;
    if (op === 'mul') {
      if (isNumber(x, 1)) return y;
      if (isNumber(y, 1)) return x;
      return isNumber(x, -1) ? neg(y) : isNumber(y, -1) ? neg(x) : undefined;
    }
    if (op === 'div') return isNumber(y, 1) ? x : isNumber(y, -1) ? neg(x) : undefined;
    return undefined;
  },
  instances: [
    add(X, ZERO),
    sub(ZERO, X),
    mul(ONE, X),
    mul(X, constant(-1)),
    div(X, ONE),
    div(P, constant(-1)),
  ],
};

/** Not for code: 0 · ∞ is NaN there. */
export const zeroProduct: Rule = {
  name: 'zero-product',
  mode: 'real',
  equation: '0 * x = 0;  0 / x = 0',
  condition: 'x is finite, and not 0 as a divisor',
  apply: (expr) => {
    if (expr.op === 'mul') return isNumber(expr.x, 0) || isNumber(expr.y, 0) ? ZERO : undefined;
    return expr.op === 'div' && isNumber(expr.x, 0) ? ZERO : undefined;
  },
  instances: [mul(ZERO, X), mul(X, ZERO), div(ZERO, X)],
};

export const expOfZero: Rule = {
  name: 'exp-of-zero',
  mode: 'float',
  equation: 'exp(0) = 1',
  condition: 'always',
  apply: (expr) => (expr.op === 'exp' && isNumber(expr.x, 0) ? ONE : undefined),
  instances: [exp(ZERO)],
};

export const sumOfZeros: Rule = {
  name: 'sum-of-zeros',
  mode: 'float',
  equation: 'sum[…](0) = 0;  mean[…](0) = 0',
  condition: 'always',
  apply: (expr) =>
    expr.op === 'reduce' && (expr.reduce === 'sum' || expr.reduce === 'mean') && isNumber(expr.x, 0)
      ? ZERO
      : undefined,
  instances: [reduce('sum', { from: 'token', to: 'rollout' }, ZERO)],
};

export const constants: readonly Rule[] = [
  foldConstants,
  neutralElements,
  zeroProduct,
  expOfZero,
  sumOfZeros,
];
