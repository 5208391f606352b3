/** Expanding undone, for people: what an expanded form stands for. */
import { constant, div, mul, neg, reduce, sub, type IndexSet } from '../../ir/build.js';
import type { Binary, Expr, Reduce, Ternary } from '../../ir/expr.js';
import { operandsOf, withOperands } from '../../ir/graph.js';
import { isZero } from '../host.js';

/**
 * The reduction whose form, as `expanded` makes it, a value is, or what is left of a value when its mean is subtracted;
 * absent where it is of no such form.
 */
export function contracted(expr: Expr): Expr | undefined {
  if (expr.op === 'sub') return deviationIn(expr);
  if (expr.op === 'add') return meanIn(expr);
  if (expr.op === 'select')
    return logsumexpIn(expr.y) ?? meanIn(expr.y) ?? originIn(expr) ?? summedEarly(expr);
  return expr.op === 'reduce' ? beyondRollouts(expr) : undefined;
}

const setOf = ({ from, to, where }: Reduce): IndexSet => ({ from, to, where });

/** `top + log Σ exp(x − top)`, with or without an anchor's own part in the sum. */
function logsumexpIn(expr: Expr): Reduce | undefined {
  if (expr.op !== 'add' || expr.y.op !== 'log') return undefined;
  const [top, total] = [expr.x, expr.y.x];
  const anchor =
    total.op === 'add' && total.y.op === 'exp' && total.y.x.op === 'sub' ? total.y.x.x : undefined;
  const inner = anchor !== undefined && total.op === 'add' ? total.x : total;
  if (inner.op !== 'reduce' || inner.reduce !== 'sum') return undefined;
  const outer = beyondRollouts(inner) ?? inner;
  const { x: shifted } = outer;
  if (shifted.op !== 'exp' || shifted.x.op !== 'sub' || shifted.x.y !== top) return undefined;
  return reduce('logsumexp', setOf(outer), shifted.x.x, anchor);
}

/** The first element, from which others are measured: 0 instead, where it is infinite. */
const originIn = ({ y: first, z: other }: Ternary): Expr | undefined =>
  first.op === 'reduce' && first.reduce === 'first' && isZero(other)
    ? (contracted(first) ?? first)
    : undefined;

/** `first + Σ (x − first) / n`. */
const meanIn = (expr: Expr): Reduce | undefined => (expr.op === 'add' ? meanOf(expr.x, expr.y) : undefined);

/** `(x − first) − Σ (x − first) / n`. */
function deviationIn({ x: shifted, y }: Binary): Expr | undefined {
  if (shifted.op !== 'sub') return undefined;
  const mean = meanOf(shifted.y, y);
  return mean !== undefined && mean.x === shifted.x ? sub(shifted.x, mean) : undefined;
}

/** Of what there is `Σ (x − first) / n`. */
function meanOf(first: Expr, rest: Expr): Reduce | undefined {
  const known = first.op === 'select' ? first.y : first;
  if (known.op !== 'reduce' || known.reduce !== 'first' || rest.op !== 'div') return undefined;
  const { x: sum } = rest;
  if (sum.op !== 'reduce' || sum.reduce !== 'sum') return undefined;
  const whole = beyondRollouts(sum) ?? sum;
  const { x: shifted } = whole;
  return shifted.op === 'sub' && shifted.y === first ? reduce('mean', setOf(whole), shifted.x) : undefined;
}

/** Of tokens beyond their rollout, which is done for each rollout first. */
function beyondRollouts(outer: Reduce): Reduce | undefined {
  const { reduce: op, from, to, x } = outer;
  const inner = x.op === 'select' ? (summedEarly(x) ?? x) : x;
  const isSame = from === 'rollout' && inner.op === 'reduce' && inner.reduce === op && inner.from === 'token';
  const isWhole = outer.where === undefined || op === 'first';
  if (!isSame || !isWhole || inner.to !== 'rollout') return undefined;
  return reduce(op, { from: 'token', to, where: inner.where }, inner.x);
}

/** The sum over a rollout's tokens that `summedEarly` of `moments.ts` took apart, with the factors of its terms. */
function summedEarly({ x: isThere, y: whole }: Ternary): Reduce | undefined {
  const size = isThere.op === 'gt' ? isThere.x : undefined;
  if (size?.op !== 'reduce' || size.from !== 'token' || size.to !== 'rollout') return undefined;
  const total = coreOf(whole);
  const term = total.op === 'select' ? (squareIn(total.y) ?? deviationOf(total.y)) : undefined;
  return term && reduce('sum', setOf(size), factored(whole, total, term));
}

/** What is left of a product without its factors, which follow it; twice a value is a sum. */
function coreOf(product: Expr): Expr {
  let core = product;
  for (let inner = factorless(core); inner !== undefined; inner = factorless(core)) core = inner;
  return core;
}
function factorless(product: Expr): Expr | undefined {
  if (product.op === 'add') return product.x === product.y ? product.x : undefined;
  return product.op === 'mul' || product.op === 'div' || product.op === 'neg' ? product.x : undefined;
}
/** The same product of another value. */
function factored(product: Expr, core: Expr, value: Expr): Expr {
  if (product === core) return value;
  if (product.op === 'neg') return neg(factored(product.x, core, value));
  if (product.op === 'mul') return mul(factored(product.x, core, value), product.y);
  if (product.op === 'div') return div(factored(product.x, core, value), product.y);
  return product.op === 'add' ? mul(factored(product.x, core, value), constant(2)) : value;
}

/** `Σ (x − c) + n · of(c)`: of which `of(x)` is the sum. */
function deviationOf(total: Expr): Expr | undefined {
  if (total.op !== 'add' || total.x.op !== 'reduce' || total.y.op !== 'mul') return undefined;
  const distance = total.x.x;
  return distance.op === 'sub' ? along(total.y.y, distance.y, distance.x) : undefined;
}

/** `Σ (x − c − k)² + n · (of(c) + k)²`: of which the square of `of(x)` is the sum. */
function squareIn(total: Expr): Expr | undefined {
  if (total.op !== 'add' || total.x.op !== 'reduce' || total.y.op !== 'mul') return undefined;
  const [spread, common] = [total.x.x, total.y.y];
  if (spread.op !== 'mul' || spread.x.op !== 'sub' || common.op !== 'mul' || common.x.op !== 'add')
    return undefined;
  const distance = spread.x.x;
  const term = distance.op === 'sub' ? along(common.x.x, distance.y, distance.x) : undefined;
  return term && mul(term, term);
}

/** A sum with another term in the place of one that it has. */
function along(sum: Expr, term: Expr, other: Expr): Expr | undefined {
  const within = new Map<Expr, Expr>();
  const stack = [sum];
  for (let part = stack.pop(); part !== undefined && part !== term; part = stack.pop()) {
    if (part.op !== 'add' && part.op !== 'sub' && part.op !== 'neg') continue;
    for (const operand of operandsOf(part)) {
      if (within.has(operand)) continue;
      within.set(operand, part);
      stack.push(operand);
    }
  }
  let value = other;
  for (let part = term; part !== sum;) {
    const whole = within.get(part);
    if (whole === undefined) return undefined;
    const [own, replaced] = [part, value];
    value = withOperands(
      whole,
      operandsOf(whole).map((operand) => (operand === own ? replaced : operand)),
    );
    part = whole;
  }
  return value;
}
