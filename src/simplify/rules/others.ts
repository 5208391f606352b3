/** The other rollouts of a group: how many, and their values. */
import {
  ONE,
  TRUE,
  ZERO,
  add,
  and,
  constant,
  count,
  div,
  exp,
  gt,
  mul,
  or,
  reduce,
  select,
  sub,
  swap,
} from '../../ir/build.js';
import { isElementwise, type Expr, type Reduce } from '../../ir/expr.js';
import { operandsOf, sameExpr, withOperands } from '../../ir/graph.js';
import { isFiner } from '../../base/level.js';
import { isShort, knowing } from '../known.js';
import type { Rule } from '../rule.js';
import { isNumber } from './constants.js';
import { assemble, factorsOf } from './factors.js';
import { D, G, OTHERS, P, Q, R } from './samples.js';
import { conjuncts } from './selections.js';

const isPerGroup = (expr: Expr): boolean => isFiner('rollout', expr.type.level);

export const repeatedSwap: Rule = {
  name: 'repeated-swap',
  mode: 'float',
  equation: 'swap(swap(x)) = x;  swap(g) = g, where g is the same for the whole group',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'swap') return undefined;
    if (expr.x.op === 'swap') return expr.x.x;
    return isPerGroup(expr.x) ? expr.x : undefined;
  },
  instances: [swap(swap(R)), withOperands(swap(R), [G])],
};

/** An expression with both rollouts exchanged, down to what is not elementwise or has no more than `coarsest`. */
function exchanged(expr: Expr, isLeaf: (expr: Expr) => boolean, done = new Map<Expr, Expr>()): Expr {
  const known = done.get(expr);
  if (known !== undefined) return known;
  const result =
    expr.op === 'swap'
      ? expr.x
      : isLeaf(expr) || !isElementwise(expr)
        ? swap(expr)
        : withOperands(
            expr,
            operandsOf(expr).map((one) => exchanged(one, isLeaf, done)),
          );
  done.set(expr, result);
  return result;
}

/** Exchanges what is elementwise by parts, so that two exchanges meet and cancel. */
const swapInto =
  (isLeaf: (expr: Expr) => boolean) =>
  (expr: Expr): Expr | undefined =>
    expr.op === 'swap' && isElementwise(expr.x) && !isLeaf(expr.x) ? exchanged(expr.x, isLeaf) : undefined;

export const swapOfPairs: Rule = {
  name: 'swap-of-pairs',
  mode: 'float',
  equation: 'swap(f(x, y)) = f(swap(x), swap(y)), where f(x, y) varies by both rollouts',
  condition: 'always',
  apply: swapInto((expr) => expr.type.level !== 'peer'),
  instances: [
    swap(sub(swap(R), Q)),
    swap(exp(sub(mul(swap(R), Q), G))),
    swap(select(gt(swap(R), Q), swap(R), P)),
  ],
};

/** Not for code, where what is the same for all others is computed once for each rollout. */
export const swapOfValues: Rule = {
  name: 'swap-of-values',
  mode: 'real',
  equation: 'swap(f(x, y)) = f(swap(x), swap(y))',
  condition: 'always',
  apply: swapInto(isPerGroup),
  instances: [swap(add(R, Q)), swap(mul(exp(R), G)), swap(select(gt(R, ZERO), Q, P))],
};

/** One exchange, and the arithmetic where there are fewer elements. */
export const swapOutwards: Rule = {
  name: 'swap-outwards',
  mode: 'float',
  onlyForCode: true,
  equation: 'f(swap(x), swap(y), g) = swap(f(x, y, g)), where x and y are per rollout and g per group',
  condition: 'always',
  apply: (expr) => {
    if (!isElementwise(expr) || expr.type.level !== 'peer') return undefined;
    const inner = operandsOf(expr).map((one) =>
      one.op === 'swap' && one.x.type.level === 'rollout' ? one.x : isPerGroup(one) ? one : undefined,
    );
    return inner.some((one) => one === undefined)
      ? undefined
      : swap(
          withOperands(
            expr,
            inner.filter((one) => one !== undefined),
          ),
        );
  },
  instances: [add(swap(R), swap(Q)), mul(G, swap(R)), exp(swap(reduce('sum', OTHERS, swap(R))))],
};

const GROUP_SIZE = count({ from: 'rollout', to: 'group' });
/** Whether a rollout has others. */
const HAS_OTHERS = gt(GROUP_SIZE, ONE);
const NUMBER_OF_OTHERS = sub(GROUP_SIZE, ONE);

export const sizeOfOthers: Rule = {
  name: 'size-of-others',
  mode: 'float',
  equation: 'count[others] = count[rollout] - 1;  any[others](true) = (count[rollout] > 1)',
  condition: 'always',
  apply: (expr) => {
    if (!isOverOthers(expr) || expr.where !== undefined) return undefined;
    if (expr.reduce === 'sum' && isNumber(expr.x, 1)) return NUMBER_OF_OTHERS;
    return expr.reduce === 'any' && expr.x.op === 'bool' && expr.x.value ? HAS_OTHERS : undefined;
  },
  instances: [count(OTHERS), reduce('any', OTHERS, TRUE)],
};
const isOverOthers = (expr: Expr): expr is Reduce =>
  expr.op === 'reduce' && expr.from === 'peer' && expr.to === 'rollout';

/** Seen from one of the others, there are others, and it is one that counts. */
export const othersAreThere: Rule = {
  name: 'others-are-there',
  mode: 'float',
  equation:
    'agg[others where f(count[rollout] > 1)](x) = agg[others where f(true)](x);  likewise in x;  agg[others where c](f(c)) = agg[others where c](f(true))',
  condition: 'always',
  apply: (expr) => {
    if (!isOverOthers(expr) || !isShort(expr)) return undefined;
    const within = (part: Expr, conditions: readonly Expr[]): Expr =>
      knowing(
        part,
        conditions.map((condition) => ({ condition, holds: true })),
      );
    const where = expr.where && within(expr.where, [HAS_OTHERS]);
    const kept = expr.where === undefined ? [] : [expr.where, ...conjuncts(expr.where)];
    const x = within(expr.x, [HAS_OTHERS, ...kept]);
    return x === expr.x && where === expr.where
      ? undefined
      : reduce(expr.reduce, { ...OTHERS, where }, x, expr.anchor ?? expr.q);
  },
  instances: [
    reduce('sum', { ...OTHERS, where: and(HAS_OTHERS, swap(D)) }, swap(R)),
    reduce('mean', OTHERS, select(HAS_OTHERS, swap(R), Q)),
    reduce('quantile', OTHERS, select(HAS_OTHERS, swap(R), Q), constant('0.25')),
    reduce('any', OTHERS, swap(or(HAS_OTHERS, D))),
    reduce('max', { ...OTHERS, where: gt(swap(R), Q) }, select(gt(swap(R), Q), swap(R), P)),
  ],
};

export const ownCondition: Rule = {
  name: 'own-condition',
  mode: 'float',
  equation:
    'sum[others where c and d](x) = if c then sum[others where d](x) else 0;  any[others](c and d) = c and any[others](d), where c is the same for all others',
  condition: 'always',
  apply: (expr) => {
    if (!isOverOthers(expr)) return undefined;
    if (expr.reduce === 'any' && expr.where === undefined) {
      const { own, rest } = byOwner(expr.x);
      return own.length === 0 ? undefined : and(conjunction(own), reduce('any', OTHERS, conjunction(rest)));
    }
    if (expr.reduce !== 'sum' || expr.where === undefined) return undefined;
    const { own, rest } = byOwner(expr.where);
    if (own.length === 0) return undefined;
    const where = rest.length === 0 ? undefined : conjunction(rest);
    return select(conjunction(own), reduce('sum', { ...OTHERS, where }, expr.x), ZERO);
  },
  instances: [
    reduce('sum', { ...OTHERS, where: and(D, gt(swap(Q), ZERO)) }, swap(R)),
    reduce('sum', { ...OTHERS, where: D }, swap(R)),
    reduce('any', OTHERS, and(gt(swap(R), Q), D)),
    reduce('any', OTHERS, gt(G, ZERO)),
  ],
};
/** Not for code: there are two sums then. */
export const ownChoice: Rule = {
  name: 'own-choice',
  mode: 'real',
  equation:
    'sum[others](if c then x else y) = if c then sum[others](x) else sum[others](y), where c is the same for all others;  likewise where restricted',
  condition: 'always',
  apply: (expr) => {
    if (!isOverOthers(expr) || expr.reduce !== 'sum' || expr.x.op !== 'select') return undefined;
    const { x: condition, y, z } = expr.x;
    return condition.type.level === 'peer'
      ? undefined
      : select(condition, reduce('sum', expr, y), reduce('sum', expr, z));
  },
  instances: [
    reduce('sum', OTHERS, select(D, swap(R), ZERO)),
    reduce('sum', { ...OTHERS, where: swap(D) }, select(D, swap(R), swap(Q))),
  ],
};
export const ownFactor: Rule = {
  name: 'own-factor',
  mode: 'real',
  equation: 'sum[others](a * x) = a * sum[others](x), where a is the same for all others',
  condition: 'a is finite',
  apply: (expr) => {
    if (!isOverOthers(expr) || expr.reduce !== 'sum') return undefined;
    const { coefficient, over, under } = factorsOf(expr.x);
    const own = over.filter(({ type }) => type.level !== 'peer');
    const rest = over.filter(({ type }) => type.level === 'peer');
    if (own.length === 0) return undefined;
    const inner = assemble({ coefficient: ONE.value, over: rest, under });
    return assemble({ coefficient, over: [...own, reduce('sum', expr, inner)], under: [] });
  },
  instances: [
    reduce('sum', OTHERS, mul(P, swap(R))),
    reduce('sum', { ...OTHERS, where: swap(D) }, div(mul(swap(R), Q), swap(Q))),
  ],
};

/** A sum over nothing is 0 as it is. */
export const emptySum: Rule = {
  name: 'empty-sum',
  mode: 'float',
  equation:
    'if any[others](c) then sum[others where c](x) else 0 = sum[others where c](x);  if count[rollout] > 1 then sum[others](x) else 0 = sum[others](x);  if count[rollout] > 1 then count[rollout] - 1 else 0 = count[rollout] - 1',
  condition: 'always',
  apply: (expr) => {
    if (expr.op !== 'select' || !isNumber(expr.z, 0)) return undefined;
    const { x: condition, y: sum } = expr;
    const where = isOverOthers(sum) && sum.reduce === 'sum' ? sum.where : undefined;
    const isSum = (isOverOthers(sum) && sum.reduce === 'sum') || sameExpr(sum, NUMBER_OF_OTHERS);
    if (!isSum) return undefined;
    const isImplied = (one: Expr): boolean =>
      sameExpr(one, HAS_OTHERS) || (where !== undefined && sameExpr(one, reduce('any', OTHERS, where)));
    const parts = conjuncts(condition);
    const rest = parts.filter((one) => !isImplied(one));
    if (rest.length === parts.length) return undefined;
    return rest.length === 0 ? sum : select(conjunction(rest), sum, expr.z);
  },
  instances: [
    select(reduce('any', OTHERS, swap(D)), reduce('sum', { ...OTHERS, where: swap(D) }, swap(R)), ZERO),
    select(and(D, HAS_OTHERS), reduce('sum', OTHERS, swap(R)), ZERO),
    select(HAS_OTHERS, NUMBER_OF_OTHERS, ZERO),
  ],
};
const conjunction = (parts: readonly Expr[]): Expr =>
  parts.length === 0 ? TRUE : parts.reduce((all, one) => and(all, one));
/** The parts of a condition that are the same for all others, and those that are not. */
function byOwner(condition: Expr): { readonly own: readonly Expr[]; readonly rest: readonly Expr[] } {
  const parts = conjuncts(condition);
  return {
    own: parts.filter(({ type }) => type.level !== 'peer'),
    rest: parts.filter(({ type }) => type.level === 'peer'),
  };
}

export const others: readonly Rule[] = [
  sizeOfOthers,
  othersAreThere,
  ownCondition,
  ownChoice,
  ownFactor,
  emptySum,
  repeatedSwap,
  swapOfPairs,
  swapOfValues,
  swapOutwards,
];
