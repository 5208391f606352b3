/** Along a rollout: running sums and shifts without what changes nothing, and for people with the rest outside. */
import {
  FALSE,
  ONE,
  ZERO,
  add,
  and,
  constant,
  div,
  gt,
  hasToken,
  mul,
  neg,
  scan,
  select,
  shift,
} from '../../ir/build.js';
import { isPlace, type Expr, type ScanDirection, type Ternary } from '../../ir/expr.js';
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

/** The condition that some token up to here, or from here on, fulfils: derivatives ask it of what a scan reads. */
function fulfilledAlong(
  expr: Expr,
): { readonly direction: ScanDirection; readonly condition: Expr } | undefined {
  if (expr.op !== 'gt' || !isNumber(expr.y, 0) || expr.x.op !== 'scan' || expr.x.gamma !== undefined)
    return undefined;
  const { direction, x: counted } = expr.x;
  if (counted.op !== 'select' || !isNumber(counted.y, 1) || !isNumber(counted.z, 0)) return undefined;
  return { direction, condition: counted.x };
}

/** Whether an operation along a rollout is `otherwise` already where a condition does not hold, in real arithmetic. */
function isOtherwise(along: Expr, condition: Expr, otherwise: Expr): boolean {
  if (along.op === 'shift')
    return (
      condition.op === 'shift' &&
      isPlace(condition) &&
      condition.by === along.by &&
      sameExpr(along.fill, otherwise)
    );
  const asked = fulfilledAlong(condition);
  if (asked === undefined || along.op !== 'scan' || along.direction !== asked.direction) return false;
  const { x } = along;
  if (x.op !== 'select' || !isNumber(x.z, 0) || !isNumber(otherwise, 0)) return false;
  const own = conjuncts(x.x);
  return conjuncts(asked.condition).every((part) => own.some((one) => sameExpr(one, part)));
}

/** The choice without the parts of its condition that `isNeedless` names; nothing where it names none. */
function withoutParts({ x, y, z }: Ternary, isNeedless: (part: Expr) => boolean): Expr | undefined {
  const parts = conjuncts(x);
  const rest = parts.filter((part) => !isNeedless(part));
  if (rest.length === parts.length) return undefined;
  const condition = conjunction(rest);
  return condition === undefined ? y : select(condition, y, z);
}

/** A token that is missing is filled, and sums without summands are 0: neither need be asked for. */
export const nothingAlong: Rule = {
  name: 'nothing-along',
  mode: 'float',
  equation:
    'if shift[token](true, by: k, fill: false) then shift[token](x, by: k, fill: a) else a = shift[token](x, by: k, fill: a);  if cumsum[token](if c then 1 else 0) > 0 then cumsum[token](if c then x else 0) else 0 = cumsum[token](if c then x else 0)',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'select') return undefined;
    const { y, z } = expr;
    if (y.op === 'scan' && y.gamma !== undefined && y.gamma.op !== 'const') return undefined;
    return withoutParts(expr, (part) => isOtherwise(y, part, z));
  },
  instances: [
    select(hasToken(1), shift(1, X, ZERO), ZERO),
    select(and(D, hasToken(-2)), shift(-2, X, R), R),
    select(someAlong('forward', C), scan('forward', select(C, X, ZERO)), ZERO),
    select(someAlong('backward', D), scan('backward', select(and(C, D), X, ZERO), constant('0.5')), ZERO),
  ],
};
function someAlong(direction: ScanDirection, condition: Expr): Expr {
  return gt(scan(direction, select(condition, ONE, ZERO)), ZERO);
}

/** Not for code: 0 · ∞ is NaN there. */
export const noFactorAlong: Rule = {
  name: 'no-factor-along',
  mode: 'real',
  equation:
    'if shift[token](true, by: k, fill: false) then a * shift[token](x, by: k, fill: 0) else 0 = a * shift[token](x, by: k, fill: 0);  likewise for scans without summands',
  condition: 'a and discounts are finite, and divisors are not 0',
  apply: (expr) => {
    if (expr.op !== 'select' || !isNumber(expr.z, 0)) return undefined;
    const { over } = factorsOf(expr.y);
    return withoutParts(expr, (part) => over.some((factor) => isOtherwise(factor, part, ZERO)));
  },
  instances: [
    select(hasToken(1), mul(X, shift(1, Y, ZERO)), ZERO),
    select(someAlong('forward', C), div(scan('forward', select(C, X, ZERO), P), R), ZERO),
  ],
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
    'cumsum[token](a * x) = a * cumsum[token](x), where a is coarser;  cumsum[token](if c then a * x else 0) likewise;  likewise discounted, and shift with fill: 0',
  condition: 'a is finite, and not 0 as a divisor',
  apply: (expr) => {
    const of = linear(expr);
    if (of === undefined) return undefined;
    const choice = of.x.op === 'select' && isNumber(of.x.z, 0) ? of.x : undefined;
    const { coefficient, over, under } = factorsOf(choice?.y ?? of.x);
    const [coarse, below] = [over.filter(isSameAlong), under.filter(isSameAlong)];
    const isUnit = coefficient.equals(1);
    if (isUnit && coarse.length + below.length === 0) return undefined;
    const inner = assemble({
      coefficient: ONE.value,
      over: without(over, coarse),
      under: without(under, below),
    });
    const summand = choice === undefined ? inner : select(choice.x, inner, ZERO);
    return assemble({ coefficient, over: [...coarse, of.on(summand)], under: below });
  },
  instances: [
    scan('forward', mul(X, R)),
    scan('backward', div(mul(constant(2), X), P), Q),
    scan('backward', P, Q),
    scan('forward', select(C, div(X, R), ZERO), P),
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
  nothingAlong,
  noFactorAlong,
  undiscounted,
  fullyDiscounted,
  signAlong,
  factorAlong,
  choiceAlong,
];
