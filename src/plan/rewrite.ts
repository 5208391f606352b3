/**
 * Rewrites that only pay where code is cheap or dear: each holds in floating point, NaN and infinities included (but
 * for an infinite factor in `complementOfExp`), and is tried once per node, bottom-up.
 */
import { isFiner } from '../base/level.js';
import { clip, eq, expm1, mul, neg, reduce, select, sub } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { intern, rebuild, sameExpr } from '../ir/graph.js';
import { cheaperMeans } from './means.js';

/** The same values, cheaper; `others` are what has become of some values among them. Names drop out. */
export function prepareForCode(
  roots: readonly Expr[],
  others: readonly Expr[],
): { readonly roots: readonly Expr[]; readonly others: readonly Expr[] } {
  const known = new Map<Expr['op'], Expr[]>();
  for (const node of intern(roots).nodes) {
    const alike = known.get(node.op);
    if (alike === undefined) known.set(node.op, [node]);
    else alike.push(node);
  }
  const has = (expr: Expr): boolean => known.get(expr.op)?.some((node) => sameExpr(node, expr)) ?? false;
  const rules = [
    named,
    insideClip(has),
    complementOfExp(has),
    negatedFactor,
    differenceOfNegated,
    anyKept,
    stepwiseChoice,
  ];
  const once = (expr: Expr): Expr => rules.reduce((result, rule) => rule(result), expr);
  const prepared = rebuild([...roots, ...others], once).roots;
  const averaged = rebuild(prepared, cheaperMeans(prepared.slice(0, roots.length))).roots;
  const result = rebuild(averaged, once).roots;
  return { roots: result.slice(0, roots.length), others: result.slice(roots.length) };
}

type Rewrite = (expr: Expr) => Expr;

const named: Rewrite = (expr) => (expr.op === 'named' ? expr.x : expr);

/** `x >= low and x <= high = (x == clip(x, low, high))`, where the clip is computed anyway: one comparison, not three. */
const insideClip =
  (has: (expr: Expr) => boolean): Rewrite =>
  (expr) => {
    if (expr.op !== 'and') return expr;
    const [above, below] = expr.x.op === 'ge' ? [expr.x, expr.y] : [expr.y, expr.x];
    if (above.op !== 'ge' || below.op !== 'le' || above.x !== below.x) return expr;
    const clipped = clip(above.x, above.y, below.y);
    return has(clipped) ? eq(above.x, clipped) : expr;
  };

/**
 * `a - a * exp(x) = -(a * expm1(x))`, where the latter is computed anyway; it also keeps the digits around x = 0. An
 * infinite `a` gives an infinity where the left side is NaN.
 */
const complementOfExp =
  (has: (expr: Expr) => boolean): Rewrite =>
  (expr) => {
    if (expr.op !== 'sub' || expr.y.op !== 'mul') return expr;
    const { x: a, y: product } = expr;
    const power = product.x === a ? product.y : product.y === a ? product.x : undefined;
    if (power?.op !== 'exp' || !has(expm1(power.x))) return expr;
    return neg(mul(a, expm1(power.x)));
  };

/** `-(c * x) = (-c) * x` where c is coarser: the sign is taken where there are fewer elements. */
const negatedFactor: Rewrite = (expr) => {
  if (expr.op !== 'neg' || expr.x.op !== 'mul') return expr;
  const { x, y } = expr.x;
  if (isFiner(y.type.level, x.type.level)) return mul(neg(x), y);
  return isFiner(x.type.level, y.type.level) ? mul(x, neg(y)) : expr;
};

/** `-x + y = y - x`, `x + -y = x - y`. */
const differenceOfNegated: Rewrite = (expr) => {
  if (expr.op !== 'add') return expr;
  if (expr.y.op === 'neg') return sub(expr.x, expr.y.x);
  return expr.x.op === 'neg' ? sub(expr.y, expr.x.x) : expr;
};

/** `any[… where c](true) = any[…](c)`. */
const anyKept: Rewrite = (expr) => {
  if (expr.op !== 'reduce' || expr.reduce !== 'any' || expr.where === undefined) return expr;
  return expr.x.op === 'bool' && expr.x.value
    ? reduce('any', { from: expr.from, to: expr.to }, expr.where)
    : expr;
};

/** A choice by two conditions is two choices: a selection is cheaper than a connective. */
const stepwiseChoice: Rewrite = (expr) => {
  if (expr.op !== 'select' || expr.x.type.level !== 'token' || expr.type.kind !== 'real') return expr;
  const { x: condition, y, z } = expr;
  if (condition.op === 'and') return select(condition.x, select(condition.y, y, z), z);
  if (condition.op === 'or') return select(condition.x, y, select(condition.y, y, z));
  return expr;
};
