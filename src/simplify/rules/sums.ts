/** Sums, for people: common factors outside, cases outermost. */
import { ONE, ZERO, add, constant, div, mul, neg, rational, select, sub } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import type { Rule } from '../rule.js';
import { mayDistribute } from '../distribution.js';
import { assemble, factorsOf, without } from './factors.js';
import { C, P, Q, R, X, Y } from './samples.js';

const shared = (a: readonly Expr[], b: readonly Expr[]): readonly Expr[] => without(a, without(a, b));

export const commonFactor: Rule = {
  name: 'common-factor',
  mode: 'real',
  equation: 'a * x + a * y = a * (x + y);  x / c - y / c = (x - y) / c',
  condition: 'divisors are not 0',
  apply: (expr) => {
    if (expr.op !== 'add' && expr.op !== 'sub') return undefined;
    const [x, y] = [factorsOf(expr.x), factorsOf(expr.y)];
    const [over, under] = [shared(x.over, y.over), shared(x.under, y.under)];
    if (over.length + under.length === 0) return undefined;
    const rest = [x, y].map((one) =>
      assemble({ ...one, over: without(one.over, over), under: without(one.under, under) }),
    );
    const [first = ZERO, second = ZERO] = rest;
    const inner = expr.op === 'add' ? add(first, second) : sub(first, second);
    return assemble({ coefficient: ONE.value, over: [...over, inner], under });
  },
  instances: [
    add(mul(P, X), mul(P, Y)),
    sub(div(X, R), div(Y, R)),
    add(neg(mul(P, X)), P),
    sub(div(mul(P, X), Q), div(P, Q)),
  ],
};

export const signOfLiteral: Rule = {
  name: 'sign-of-literal',
  mode: 'real',
  equation: 'x + (-2) = x - 2;  x - (-2) = x + 2;  -2 + x = x - 2',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'add' && expr.op !== 'sub') return undefined;
    const { x, y } = expr;
    const size = (one: Expr): Expr | undefined =>
      one.op === 'const' && one.value.s < 0n ? rational(one.value.neg()) : undefined;
    const [first, second] = [size(x), size(y)];
    if (second !== undefined) return expr.op === 'add' ? sub(x, second) : add(x, second);
    return first !== undefined && expr.op === 'add' ? sub(y, first) : undefined;
  },
  instances: [add(X, constant(-2)), sub(X, constant(-2)), add(constant(-2), X)],
};

/** Not for code: it would compute the other summand twice. */
export const sumIntoSelection: Rule = {
  name: 'sum-into-selection',
  mode: 'real',
  equation: '(if c then x else y) + a = if c then x + a else y + a;  likewise for -',
  condition: 'always',
  apply: (expr) => {
    if ((expr.op !== 'add' && expr.op !== 'sub') || !mayDistribute(expr)) return undefined;
    const make = expr.op === 'add' ? add : sub;
    const { x, y } = expr;
    if (x.op === 'select') return select(x.x, make(x.y, y), make(x.z, y));
    return y.op === 'select' ? select(y.x, make(x, y.y), make(x, y.z)) : undefined;
  },
  instances: [add(select(C, X, ZERO), R), sub(R, select(C, X, ZERO)), sub(select(C, X, Y), P)],
};

export const sums: readonly Rule[] = [signOfLiteral, sumIntoSelection, commonFactor];
