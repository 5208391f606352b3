/** Along a rollout: running sums and shifts without what changes nothing, and for people with the rest outside. */
import {
  FALSE,
  ONE,
  ZERO,
  add,
  and,
  constant,
  div,
  hasToken,
  mul,
  neg,
  scan,
  select,
  shift,
} from '../../ir/build.js';
import { isPlace, type Expr } from '../../ir/expr.js';
import { sameExpr } from '../../ir/graph.js';
import { conjunction, conjuncts } from '../../ir/guarded.js';
import type { Rule } from '../rule.js';
import { isNumber } from './constants.js';
import { assemble, factorsOf, without } from './factors.js';
import { C, D, P, Q, R, X, Y } from './samples.js';

const isSameAlong = (expr: Expr): boolean => expr.type.level !== 'token';

export const shiftByNone: Rule = {
  name: 'shift-by-none',
  mode: 'float',
  equation: 'shift[token](x, by: 0, fill: a) = x;  shift[token](a, by: k, fill: a) = a, where a is coarser',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'shift') return undefined;
    const isFilledAlike = isSameAlong(expr.x) && sameExpr(expr.x, expr.fill);
    return expr.by === 0 || isFilledAlike ? expr.x : undefined;
  },
  instances: [shift(0, X, P), shift(0, C, FALSE), shift(-2, R, R), shift(1, ZERO, ZERO)],
};

/** A token that is missing is filled, so that its absence need not be asked for. */
export const shiftWhereThere: Rule = {
  name: 'shift-where-there',
  mode: 'float',
  equation:
    'if shift[token](true, by: k, fill: false) then shift[token](x, by: k, fill: a) else a = shift[token](x, by: k, fill: a)',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'select' || expr.y.op !== 'shift' || !sameExpr(expr.y.fill, expr.z)) return undefined;
    const { by } = expr.y;
    const parts = conjuncts(expr.x);
    const rest = parts.filter((part) => !(part.op === 'shift' && isPlace(part) && part.by === by));
    if (rest.length === parts.length) return undefined;
    const condition = conjunction(rest);
    return condition === undefined ? expr.y : select(condition, expr.y, expr.z);
  },
  instances: [select(hasToken(1), shift(1, X, ZERO), ZERO), select(and(D, hasToken(-2)), shift(-2, X, R), R)],
};

export const undiscounted: Rule = {
  name: 'undiscounted',
  mode: 'float',
  equation: 'discounted[token](x, 1) = cumsum[token from end](x);  cumsum[token](0) = 0',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'scan') return undefined;
    if (expr.gamma === undefined) return isNumber(expr.x, 0) ? ZERO : undefined;
    return isNumber(expr.gamma, 1) ? scan(expr.direction, expr.x) : undefined;
  },
  instances: [scan('backward', X, ONE), scan('forward', R, ONE), scan('forward', ZERO)],
};

/** Not for code: 0 · ∞ is NaN there. */
export const fullyDiscounted: Rule = {
  name: 'fully-discounted',
  mode: 'real',
  equation: 'discounted[token](x, 0) = x;  discounted[token](0, g) = 0',
  condition: 'x and g are finite',
  apply: (expr) => {
    if (expr.op !== 'scan' || expr.gamma === undefined) return undefined;
    return isNumber(expr.x, 0) ? ZERO : isNumber(expr.gamma, 0) ? expr.x : undefined;
  },
  instances: [scan('backward', X, ZERO), scan('forward', R, ZERO), scan('backward', ZERO, P)],
};

/** An operation along a rollout that is linear in its argument: the same on another one. */
function linear(expr: Expr): { readonly x: Expr; readonly on: (x: Expr) => Expr } | undefined {
  if (expr.op === 'scan') return { x: expr.x, on: (x) => scan(expr.direction, x, expr.gamma) };
  if (expr.op !== 'shift' || expr.type.kind !== 'real' || !isNumber(expr.fill, 0)) return undefined;
  return { x: expr.x, on: (x) => shift(expr.by, x, ZERO) };
}

/** Exact in floating point, the sign of a zero apart. */
export const signAlong: Rule = {
  name: 'sign-along',
  mode: 'float',
  equation: 'cumsum[token](-x) = -cumsum[token](x);  likewise discounted, and shift with fill: 0',
  condition: 'always',
  apply: (expr) => {
    const of = linear(expr);
    return of?.x.op === 'neg' ? neg(of.on(of.x.x)) : undefined;
  },
  instances: [scan('forward', neg(X)), scan('backward', neg(X), P), shift(1, neg(X), ZERO)],
};

export const factorAlong: Rule = {
  name: 'factor-along',
  mode: 'real',
  equation:
    'cumsum[token](a * x) = a * cumsum[token](x), where a is coarser;  likewise discounted, and shift with fill: 0',
  condition: 'a is finite, and not 0 as a divisor',
  apply: (expr) => {
    const of = linear(expr);
    if (of === undefined) return undefined;
    const { coefficient, over, under } = factorsOf(of.x);
    const [coarse, below] = [over.filter(isSameAlong), under.filter(isSameAlong)];
    const isUnit = coefficient.equals(1);
    if (isUnit && coarse.length + below.length === 0) return undefined;
    const inner = assemble({
      coefficient: ONE.value,
      over: without(over, coarse),
      under: without(under, below),
    });
    return assemble({ coefficient, over: [...coarse, of.on(inner)], under: below });
  },
  instances: [
    scan('forward', mul(X, R)),
    scan('backward', div(mul(constant(2), X), P), Q),
    scan('backward', P, Q),
    shift(-1, mul(X, R), ZERO),
  ],
};

export const choiceAlong: Rule = {
  name: 'choice-along',
  mode: 'real',
  equation:
    'cumsum[token](if c then x else y) = if c then cumsum[token](x) else cumsum[token](y), where c is coarser;  likewise discounted, and shift with fill: 0',
  condition: 'always',
  apply: (expr) => {
    const of = linear(expr);
    if (of?.x.op !== 'select' || !isSameAlong(of.x.x)) return undefined;
    return select(of.x.x, of.on(of.x.y), of.on(of.x.z));
  },
  instances: [
    scan('forward', select(D, X, Y)),
    scan('backward', select(D, X, R), P),
    shift(2, select(D, X, add(X, Y)), ZERO),
  ],
};

export const along: readonly Rule[] = [
  shiftByNone,
  shiftWhereThere,
  undiscounted,
  fullyDiscounted,
  signAlong,
  factorAlong,
  choiceAlong,
];
