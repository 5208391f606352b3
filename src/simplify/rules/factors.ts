/** Products: for code, coarse factors meet at their own level; for people, one fraction with sorted factors. */
import Fraction from 'fraction.js';
import { isFiner } from '../../base/level.js';
import { ONE, add, div, exp, mul, neg, rational, reduce, select, sub, ZERO } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import { sameExpr } from '../../ir/graph.js';
import type { Rule } from '../rule.js';
import { isShort } from './constants.js';
import { mayDistribute } from '../distribution.js';
import { C, G, P, Q, R, X } from './samples.js';

/** What is varied least is multiplied first: a token-sized product is done once, not once per factor. */
export const coarseFactorsFirst: Rule = {
  name: 'coarse-factors-first',
  mode: 'float',
  onlyForCode: true,
  equation: '(x * a) * b = x * (a * b);  (x * a) / b = x * (a / b), where a and b are coarser than x',
  condition:
    'a * b and a / b neither overflow nor underflow: they are normalisers, parameters and advantages',
  apply: (expr) => {
    if (expr.op !== 'mul' && expr.op !== 'div') return undefined;
    const make = expr.op === 'mul' ? mul : div;
    const split = (product: Expr, factor: Expr): Expr | undefined => {
      if (product.op !== 'mul') return undefined;
      for (const [x, a] of [
        [product.x, product.y],
        [product.y, product.x],
      ] as const) {
        if (isFiner(x.type.level, a.type.level) && isFiner(x.type.level, factor.type.level))
          return mul(x, make(a, factor));
      }
      return undefined;
    };
    return split(expr.x, expr.y) ?? (expr.op === 'mul' ? split(expr.y, expr.x) : undefined);
  },
  instances: [mul(mul(X, R), P), div(mul(X, R), Q), mul(P, mul(R, X)), mul(mul(R, G), P)],
};

export interface Factors {
  readonly coefficient: Fraction;
  readonly over: readonly Expr[];
  readonly under: readonly Expr[];
}

/** The factors of a product, quotient or sign; one that would have more than a person reads counts as one factor. */
export function factorsOf(expr: Expr): Factors {
  if (numberOfFactors(expr) > MOST_FACTORS) return alone(expr);
  const factors = split(expr);
  return isShort(factors.coefficient) ? factors : alone(expr);
}

/** `x ^ 4096` is a dozen expressions and 4096 factors. */
const MOST_FACTORS = 40;
const alone = (expr: Expr): Factors => ({ coefficient: ONE.value, over: [expr], under: [] });

function numberOfFactors(expr: Expr, known = new Map<Expr, number>()): number {
  if (expr.op === 'neg') return numberOfFactors(expr.x, known);
  if (expr.op !== 'mul' && expr.op !== 'div') return 1;
  const number = known.get(expr) ?? numberOfFactors(expr.x, known) + numberOfFactors(expr.y, known);
  known.set(expr, number);
  return number;
}

function split(expr: Expr): Factors {
  if (expr.op === 'const') return { coefficient: expr.value, over: [], under: [] };
  if (expr.op === 'neg') return scaled(split(expr.x), new Fraction(-1n, 1n));
  if (expr.op === 'mul') return joined(split(expr.x), split(expr.y));
  if (expr.op === 'div') return joined(split(expr.x), inverted(expr.y));
  return alone(expr);
}
const scaled = (of: Factors, by: Fraction): Factors => ({ ...of, coefficient: of.coefficient.mul(by) });
const joined = (a: Factors, b: Factors): Factors => ({
  coefficient: a.coefficient.mul(b.coefficient),
  over: [...a.over, ...b.over],
  under: [...a.under, ...b.under],
});
function inverted(expr: Expr): Factors {
  const { coefficient, over, under } = split(expr);
  if (coefficient.equals(0)) return { coefficient: ONE.value, over: [], under: [expr] };
  return { coefficient: coefficient.inverse(), over: under, under: over };
}

/** Parameters, then counts, then the rest as it came. */
const rank = (expr: Expr): number => {
  if (expr.op === 'input' && expr.role === 'param') return 0;
  return expr.op === 'reduce' && expr.x.op === 'const' ? 1 : 2;
};
const sorted = (factors: readonly Expr[]): readonly Expr[] =>
  factors
    .map((factor, at) => ({ factor, at }))
    .sort((a, b) => rank(a.factor) - rank(b.factor) || a.at - b.at)
    .map(({ factor }) => factor);

export function without(factors: readonly Expr[], cancelled: readonly Expr[]): readonly Expr[] {
  const left = [...cancelled];
  return factors.filter((factor) => {
    const at = left.findIndex((other) => sameExpr(other, factor));
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}

export function assemble({ coefficient, over, under }: Factors): Expr {
  const [top, bottom] = [sorted(without(over, under)), sorted(without(under, over))];
  const size = coefficient.abs();
  const times = (factors: readonly Expr[], lead: bigint): Expr => {
    const all = lead === 1n && factors.length > 0 ? factors : [rational(new Fraction(lead, 1n)), ...factors];
    return all.reduce((product, factor) => mul(product, factor));
  };
  const numerator = times(top, size.n);
  const value = bottom.length === 0 && size.d === 1n ? numerator : div(numerator, times(bottom, size.d));
  return coefficient.s < 0n ? neg(value) : value;
}

/** The canonical form for people: sign, then one fraction, with factors in a fixed order and equal ones cancelled. */
export const oneFraction: Rule = {
  name: 'one-fraction',
  mode: 'real',
  equation: 'a * b / c * d / e = (a * b * d) / (c * e), sorted, equal factors above and below cancelled',
  condition: 'divisors are not 0',
  apply: (expr) => {
    if (expr.op !== 'mul' && expr.op !== 'div') return undefined;
    const after = assemble(factorsOf(expr));
    return sameExpr(after, expr) ? undefined : after;
  },
  instances: [div(div(X, P), R), mul(div(X, P), R), div(mul(X, R), R), mul(X, P)],
};

/** Not for code: a factor that overflows would meet the other branch's 0. */
export const factorIntoSelection: Rule = {
  name: 'factor-into-selection',
  mode: 'real',
  equation: '(if c then x else y) * a = if c then x * a else y * a;  likewise for /',
  condition: 'a is finite, and not 0 as a divisor',
  apply: (expr) => {
    if ((expr.op !== 'mul' && expr.op !== 'div') || !mayDistribute(expr)) return undefined;
    const { x, y } = expr;
    const make = expr.op === 'mul' ? mul : div;
    if (x.op === 'select') return select(x.x, make(x.y, y), make(x.z, y));
    return expr.op === 'mul' && y.op === 'select' ? select(y.x, mul(x, y.y), mul(x, y.z)) : undefined;
  },
  instances: [mul(select(C, X, ZERO), R), mul(R, select(C, X, ZERO)), div(select(C, X, ZERO), R)],
};

/** The derivative of a log-sum-exp, written as the share that it is. Not for code: the exponentials overflow. */
export const softmaxShare: Rule = {
  name: 'softmax-share',
  mode: 'real',
  equation: 'exp(x - logsumexp[…](z, anchor: a)) = exp(x) / (exp(a) + sum[…](exp(z)))',
  condition: 'the set is not empty, or has an anchor',
  apply: (expr) => {
    if (expr.op !== 'exp' || expr.x.op !== 'sub' || expr.x.y.op !== 'reduce') return undefined;
    const { x, y: whole } = expr.x;
    if (whole.reduce !== 'logsumexp') return undefined;
    const mass = reduce('sum', whole, exp(whole.x));
    return div(exp(x), whole.anchor === undefined ? mass : add(exp(whole.anchor), mass));
  },
  instances: [exp(sub(R, reduce('logsumexp', { from: 'rollout', to: 'group' }, R, ZERO)))],
};

export const factors: readonly Rule[] = [coarseFactorsFirst, softmaxShare, factorIntoSelection, oneFraction];
