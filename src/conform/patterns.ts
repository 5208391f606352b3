/** The shapes in which objectives are written: means, deviations, log-ratios, estimators of a divergence. */
import type { IndexSet } from '../ir/build.js';
import { toDouble } from '../ir/constant.js';
import type { Expr, Reduce } from '../ir/expr.js';
import { sameExpr } from '../ir/graph.js';

export interface Over {
  readonly set: IndexSet;
  readonly x: Expr;
}

const setOf = ({ from, to, where }: Reduce): IndexSet => ({ from, to, where });
export const isConstant = (expr: Expr, value?: number): boolean =>
  expr.op === 'const' && (value === undefined || toDouble(expr.value) === value);

export const sumOf = (expr: Expr): Over | undefined =>
  expr.op === 'reduce' && expr.reduce === 'sum' ? { set: setOf(expr), x: expr.x } : undefined;

const isCount = (expr: Expr): boolean => {
  const sum = sumOf(expr);
  return sum !== undefined && isConstant(sum.x, 1);
};
/** A count, also one that is kept from being 0: `max(count, 1)`, `count + 1e-8`. */
const isCountLike = (expr: Expr): boolean =>
  isCount(expr) ||
  ((expr.op === 'max' || expr.op === 'add') &&
    ((isCount(expr.x) && isConstant(expr.y)) || (isCount(expr.y) && isConstant(expr.x))));

const ofCount = (expr: Expr): Expr =>
  (expr.op === 'max' || expr.op === 'add') && isConstant(expr.x)
    ? expr.y
    : expr.op === 'max' || expr.op === 'add'
      ? expr.x
      : expr;

/** A mean, also where it is written as a sum divided by the count of the same set. */
export function meanOf(expr: Expr): Over | undefined {
  if (expr.op === 'reduce' && expr.reduce === 'mean') return { set: setOf(expr), x: expr.x };
  if (expr.op !== 'div' || !isCountLike(expr.y)) return undefined;
  const [sum, count] = [sumOf(expr.x), sumOf(ofCount(expr.y))];
  if (sum === undefined || count === undefined) return undefined;
  return sameSet(sum.set, count.set) ? sum : undefined;
}

export const sameSet = (a: IndexSet, b: IndexSet): boolean =>
  a.from === b.from &&
  a.to === b.to &&
  (a.where === undefined || b.where === undefined ? a.where === b.where : sameExpr(a.where, b.where));

/** The sum of squared deviations and the number of elements, of a sample variance. */
export function sampleVarianceOf(expr: Expr): { readonly total: Expr; readonly size: Expr } | undefined {
  if (expr.op !== 'select' || expr.x.op !== 'gt' || expr.y.op !== 'div' || !isConstant(expr.z, 0))
    return undefined;
  const { x: total, y: degrees } = expr.y;
  if (degrees.op !== 'sub' || !isCount(degrees.x) || !isConstant(degrees.y, 1)) return undefined;
  return { total, size: degrees.x };
}

/** The index set and the squared deviations of a population variance. */
export function populationVarianceOf(expr: Expr): Over | undefined {
  const mean = expr.op === 'reduce' && expr.reduce === 'mean' ? { set: setOf(expr), x: expr.x } : undefined;
  if (mean?.x.op !== 'mul' || mean.x.x !== mean.x.y) return undefined;
  const { x: deviation } = mean.x;
  return deviation.op === 'sub' && meanOf(deviation.y) !== undefined ? mean : undefined;
}

export const isVariance = (expr: Expr): boolean =>
  sampleVarianceOf(expr) !== undefined || populationVarianceOf(expr) !== undefined;
export const isDeviation = (expr: Expr): boolean => expr.op === 'sqrt' && isVariance(expr.x);

/** `x / std`, `x / (std + e)`: something divided by a standard deviation. */
export function scaledByDeviation(
  expr: Expr,
): { readonly x: Expr; readonly deviation: Expr; readonly variance: Expr; readonly eps?: Expr } | undefined {
  if (expr.op !== 'div') return undefined;
  const { x, y } = expr;
  if (y.op === 'sqrt' && isVariance(y.x)) return { x, deviation: y, variance: y.x };
  if (y.op !== 'add') return undefined;
  const [deviation, eps] = isDeviation(y.x) ? [y.x, y.y] : [y.y, y.x];
  if (deviation.op !== 'sqrt' || !isVariance(deviation.x)) return undefined;
  return { x, deviation, variance: deviation.x, eps };
}

/** `r - mean[rollout](r)`: a value centred in its group. */
export function centredOf(expr: Expr): Over | undefined {
  if (expr.op !== 'sub') return undefined;
  const mean = meanOf(expr.y);
  return mean?.set.from === 'rollout' && mean.set.to === 'group' && sameExpr(mean.x, expr.x)
    ? mean
    : undefined;
}

const unstopped = (expr: Expr): Expr => (expr.op === 'stop' ? unstopped(expr.x) : expr);
const isInput = (expr: Expr, role: 'model' | 'data'): boolean => expr.op === 'input' && expr.role === role;

/** The difference of a model output and an input of the same level: `logp - old_logp`, either way round. */
export function isLogRatio(expr: Expr): boolean {
  if (expr.op !== 'sub' || expr.x.type.level === 'batch') return false;
  const [x, y] = [unstopped(expr.x), unstopped(expr.y)];
  return (isInput(x, 'model') && isInput(y, 'data')) || (isInput(x, 'data') && isInput(y, 'model'));
}

/** The terms of a sum, with their signs. */
function termsOf(
  expr: Expr,
  isPositive = true,
): readonly { readonly term: Expr; readonly isPositive: boolean }[] {
  if (expr.op === 'neg') return termsOf(expr.x, !isPositive);
  if (expr.op === 'add') return [...termsOf(expr.x, isPositive), ...termsOf(expr.y, isPositive)];
  if (expr.op === 'sub') return [...termsOf(expr.x, isPositive), ...termsOf(expr.y, !isPositive)];
  return [{ term: expr, isPositive }];
}
const sameTerms = (a: ReturnType<typeof termsOf>, b: ReturnType<typeof termsOf>): boolean =>
  a.length === b.length &&
  a.every((one) => b.some((other) => one.isPositive === other.isPositive && sameExpr(one.term, other.term)));

/** `d` of `e^d - d - 1`, however its terms are ordered: the estimator k3 of a divergence. */
export function k3Of(expr: Expr): Expr | undefined {
  if (expr.op !== 'add' && expr.op !== 'sub') return undefined;
  const terms = termsOf(expr);
  const power = terms.find(
    ({ term, isPositive }) => isPositive && (term.op === 'exp' || term.op === 'expm1'),
  );
  if (power === undefined || (power.term.op !== 'exp' && power.term.op !== 'expm1')) return undefined;
  const rest = terms.filter((one) => one !== power);
  const unit = rest.find(({ term, isPositive }) => !isPositive && isConstant(term, 1));
  if (power.term.op === 'exp' && unit === undefined) return undefined;
  const linear = power.term.op === 'exp' ? rest.filter((one) => one !== unit) : rest;
  return sameTerms(linear, termsOf(power.term.x, false)) ? power.term.x : undefined;
}
