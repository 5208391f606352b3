/** Conditions and what they choose. */
import {
  TRUE,
  and,
  bool,
  ge,
  gt,
  le,
  mul,
  neg,
  not,
  or,
  reduce,
  select,
  ZERO,
  ONE,
  add,
  clip,
} from '../../ir/build.js';
import { isFiner, mayBeEmpty } from '../../base/level.js';
import type { Expr } from '../../ir/expr.js';
import { sameExpr } from '../../ir/graph.js';
import { isShort, knowing } from '../known.js';
import type { Rule } from '../rule.js';
import { C, D, G, P, R, X, Y } from './samples.js';

const isBool = (expr: Expr, value: boolean): boolean => expr.op === 'bool' && expr.value === value;
/** The parts of a conjunction. */
export const conjuncts = (expr: Expr): readonly Expr[] =>
  expr.op === 'and' ? [...conjuncts(expr.x), ...conjuncts(expr.y)] : [expr];

export const booleanAlgebra: Rule = {
  name: 'boolean-algebra',
  mode: 'float',
  equation:
    'not not a = a;  a and true = a;  a or false = a;  a and a = a;  a or a = a;  a and false = false;  a or true = true',
  condition: 'always',
  apply: (expr) => {
    if (expr.op === 'not')
      return expr.x.op === 'not' ? expr.x.x : expr.x.op === 'bool' ? bool(!expr.x.value) : undefined;
    if (expr.op !== 'and' && expr.op !== 'or') return undefined;
    const neutral = expr.op === 'and';
    if (isBool(expr.x, neutral) || sameExpr(expr.x, expr.y)) return expr.y;
    if (isBool(expr.y, neutral)) return expr.x;
    return isBool(expr.x, !neutral) || isBool(expr.y, !neutral) ? bool(!neutral) : undefined;
  },
  instances: [not(not(C)), and(C, TRUE), or(bool(false), C), and(C, C), or(C, TRUE)],
};

const disjuncts = (expr: Expr): readonly Expr[] =>
  expr.op === 'or' ? [...disjuncts(expr.x), ...disjuncts(expr.y)] : [expr];

const areOpposite = (a: Expr, b: Expr): boolean =>
  (a.op === 'not' && sameExpr(a.x, b)) || (b.op === 'not' && sameExpr(b.x, a));

export const repeatedParts: Rule = {
  name: 'repeated-parts',
  mode: 'float',
  equation: 'a and b and a = a and b;  a and not a = false;  a or b or a = a or b;  a or not a = true',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'and' && expr.op !== 'or') return undefined;
    const [partsOf, make] = expr.op === 'and' ? [conjuncts, and] : [disjuncts, or];
    const [before, added] = [partsOf(expr.x), partsOf(expr.y)];
    if (added.some((one) => before.some((other) => areOpposite(one, other)))) return bool(expr.op === 'or');
    const more = added.filter((one) => !before.some((other) => sameExpr(one, other)));
    return more.length === added.length ? undefined : more.reduce(make, expr.x);
  },
  instances: [and(and(C, D), C), and(C, and(D, not(C))), or(or(C, D), C), or(or(C, D), not(D))],
};

export const absorption: Rule = {
  name: 'absorption',
  mode: 'float',
  equation: 'a or (not a and b) = a or b',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'or') return undefined;
    for (const [a, other] of [
      [expr.x, expr.y],
      [expr.y, expr.x],
    ] as const) {
      const parts = conjuncts(other);
      const rest = parts.filter((part) => !(part.op === 'not' && sameExpr(part.x, a)));
      if (rest.length === parts.length) continue;
      const kept = rest.length === 0 ? TRUE : rest.reduce((all, one) => and(all, one));
      return a === expr.x ? or(a, kept) : or(kept, a);
    }
    return undefined;
  },
  instances: [or(C, and(not(C), D)), or(C, not(C))],
};

/** Code has no conditional of conditions. */
export const selectedCondition: Rule = {
  name: 'selected-condition',
  mode: 'float',
  onlyForCode: true,
  equation: 'if c then a else b = (c and a) or (not c and b), for conditions a and b',
  condition: 'always',
  apply: (expr) =>
    expr.op === 'select' && expr.type.kind === 'bool'
      ? or(and(expr.x, expr.y), and(not(expr.x), expr.z))
      : undefined,
  instances: [select(C, D, not(D))],
};

export const decidedSelection: Rule = {
  name: 'decided-selection',
  mode: 'float',
  equation:
    'if true then x else y = x;  if c then x else x = x;  if not c then x else y = if c then y else x;  if c then (if c then x else y) else z = if c then x else z',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'select') return undefined;
    const { x: condition, y, z } = expr;
    if (condition.op === 'bool') return condition.value ? y : z;
    if (sameExpr(y, z)) return y;
    if (condition.op === 'not') return select(condition.x, z, y);
    if (y.op === 'select' && sameExpr(y.x, condition)) return select(condition, y.y, z);
    return z.op === 'select' && sameExpr(z.x, condition) ? select(condition, y, z.z) : undefined;
  },
  instances: [
    select(TRUE, X, Y),
    select(C, X, X),
    select(not(C), X, Y),
    select(C, select(C, X, Y), R),
    select(C, X, select(C, Y, R)),
  ],
};

/** Seen from an element, an index set that nothing restricts is not empty: it holds that element. */
export const nonEmptySet: Rule = {
  name: 'non-empty-set',
  mode: 'float',
  equation:
    'if any[token](true) then x else y = x, at a token;  any[rollout](true) = true;  any[group](true) = true',
  condition: 'always',
  apply: (expr) => {
    if (expr.op === 'reduce' && expr.reduce === 'any' && expr.where === undefined && isBool(expr.x, true)) {
      return mayBeEmpty(expr.from) ? undefined : TRUE;
    }
    if (expr.op !== 'select' || expr.type.level !== 'token') return undefined;
    const parts = conjuncts(expr.x);
    const rest = parts.filter((part) => !holdsThisToken(part));
    if (rest.length === parts.length) return undefined;
    return rest.length === 0
      ? expr.y
      : select(
          rest.reduce((all, one) => and(all, one)),
          expr.y,
          expr.z,
        );
  },
  instances: [
    select(reduce('any', { from: 'token', to: 'rollout' }, TRUE), X, Y),
    select(and(C, reduce('any', { from: 'token', to: 'batch' }, TRUE)), X, Y),
    reduce('any', { from: 'rollout', to: 'group' }, TRUE),
  ],
};
const holdsThisToken = (expr: Expr): boolean =>
  expr.op === 'reduce' &&
  expr.reduce === 'any' &&
  expr.from === 'token' &&
  expr.where === undefined &&
  isBool(expr.x, true);

/**
 * Where x lies inside the clip, both products are equal, so the comparison holds there already. Not for code: with
 * `a` NaN the comparison is false and the interval's test is not.
 */
export const insideTheClip: Rule = {
  name: 'inside-the-clip',
  mode: 'real',
  equation:
    'x * a <= clip(x, l, h) * a or (x >= l and x <= h) = x * a <= clip(x, l, h) * a;  x <= clip(x, l, h) likewise',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'or') return undefined;
    for (const [test, inside] of [
      [expr.x, expr.y],
      [expr.y, expr.x],
    ] as const) {
      if (holdsInside(test, inside)) return test;
    }
    return undefined;
  },
  instances: [
    or(le(mul(X, R), mul(clip(X, P, add(P, ONE)), R)), and(ge(X, P), le(X, add(P, ONE)))),
    or(le(X, clip(X, P, add(P, ONE))), and(ge(X, P), le(X, add(P, ONE)))),
    or(select(D, le(X, clip(X, P, Y)), ge(X, clip(X, P, Y))), and(ge(X, P), le(X, Y))),
  ],
};

/** Whether a comparison with a clip, or a choice of such, holds wherever nothing is clipped. */
function holdsInside(test: Expr, inside: Expr): boolean {
  if (test.op === 'select') return holdsInside(test.y, inside) && holdsInside(test.z, inside);
  return (test.op === 'le' || test.op === 'ge') && impliedBy(test.x, test.y, inside);
}

/** Whether `plain` and `clipped`, products that differ in one clipped factor, are equal wherever `inside` holds. */
function impliedBy(plain: Expr, clipped: Expr, inside: Expr): boolean {
  const [first, second] = [productOf(plain), productOf(clipped)];
  const lone = (of: readonly Expr[], others: readonly Expr[]): Expr | undefined => {
    const rest = of.filter((one) => !others.some((other) => sameExpr(one, other)));
    return rest.length === 1 && of.length === others.length ? rest[0] : undefined;
  };
  const [x, held] = [lone(first, second), lone(second, first)];
  const clip_ = held?.op === 'named' ? held.x : held;
  if (x === undefined || clip_?.op !== 'clip' || !sameExpr(clip_.x, x)) return false;
  return sameExpr(inside, and(ge(x, clip_.y), le(x, clip_.z)));
}
const productOf = (expr: Expr): readonly Expr[] =>
  expr.op === 'mul' ? [...productOf(expr.x), ...productOf(expr.y)] : [expr];

export const negatedSelection: Rule = {
  name: 'negated-selection',
  mode: 'float',
  equation: '-(if c then x else y) = if c then -x else -y',
  condition: 'always',
  apply: (expr) =>
    expr.op === 'neg' && expr.x.op === 'select' ? select(expr.x.x, neg(expr.x.y), neg(expr.x.z)) : undefined,
  instances: [neg(select(C, X, ZERO))],
};

/** Over a set that is never empty, what is the same for all its elements holds for any and for all. */
export const conditionOfAll: Rule = {
  name: 'condition-of-all',
  mode: 'float',
  equation:
    'any[rollout](c) = c;  all[rollout](c) = c;  likewise for groups, where c is coarser than the result',
  condition: 'always',
  apply: (expr) =>
    expr.op === 'reduce' &&
    (expr.reduce === 'any' || expr.reduce === 'all') &&
    !mayBeEmpty(expr.from) &&
    expr.where === undefined &&
    !isFiner(expr.x.type.level, expr.to)
      ? expr.x
      : undefined,
  instances: [
    reduce('any', { from: 'rollout', to: 'group' }, gt(G, ZERO)),
    reduce('all', { from: 'rollout', to: 'batch' }, gt(P, ZERO)),
  ],
};

export const nestedSelection: Rule = {
  name: 'nested-selection',
  mode: 'real',
  equation: 'if c then (if d then x else y) else y = if c and d then x else y',
  condition: 'always',
  apply: (expr) =>
    expr.op === 'select' && expr.y.op === 'select' && sameExpr(expr.y.z, expr.z)
      ? select(and(expr.x, expr.y.x), expr.y.y, expr.z)
      : undefined,
  instances: [select(D, select(C, X, Y), Y)],
};

/** Not for code: it would undo sharing. */
export const underItsCondition: Rule = {
  name: 'under-its-condition',
  mode: 'real',
  equation: 'if c then f(c) else g(c) = if c then f(true) else g(false);  c and f(c) = c and f(true)',
  condition: 'always',
  apply: (expr) => {
    if ((expr.op !== 'and' && expr.op !== 'select') || !isShort(expr)) return undefined;
    const within = (part: Expr, condition: Expr): Expr => {
      const facts = conjuncts(condition).map((one) => ({ condition: one, holds: true }));
      return knowing(part, facts);
    };
    if (expr.op === 'and') {
      const after = within(expr.y, expr.x);
      return after === expr.y ? undefined : and(expr.x, after);
    }
    if (expr.op !== 'select') return undefined;
    const y = within(expr.y, expr.x);
    const z = knowing(expr.z, [{ condition: expr.x, holds: false }]);
    return y === expr.y && z === expr.z ? undefined : select(expr.x, y, z);
  },
  instances: [
    select(C, add(select(C, X, Y), R), R),
    select(C, X, add(select(C, X, Y), R)),
    select(D, reduce('sum', { from: 'token', to: 'rollout', where: D }, X), R),
    and(C, gt(select(C, X, Y), ZERO)),
  ],
};

export const everyElement: Rule = {
  name: 'every-element',
  mode: 'float',
  equation: 'sum[… where true](x) = sum[…](x);  likewise for every reduction',
  condition: 'always',
  apply: (expr) =>
    expr.op === 'reduce' && expr.where !== undefined && isBool(expr.where, true)
      ? reduce(expr.reduce, { from: expr.from, to: expr.to }, expr.x, expr.anchor ?? expr.q)
      : undefined,
  instances: [reduce('sum', { from: 'token', to: 'rollout', where: TRUE }, X)],
};

export const selections: readonly Rule[] = [
  booleanAlgebra,
  repeatedParts,
  conditionOfAll,
  absorption,
  decidedSelection,
  selectedCondition,
  nonEmptySet,
  negatedSelection,
  insideTheClip,
  nestedSelection,
  underItsCondition,
  everyElement,
];
