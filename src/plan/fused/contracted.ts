/** Expanding undone, for people: what an expanded form stands for. */
import { reduce, sub, type IndexSet } from '../../ir/build.js';
import type { Binary, Expr, Reduce } from '../../ir/expr.js';

/**
 * The reduction whose form, as `expanded` makes it, a value is, or what is left of a value when its mean is subtracted;
 * absent where it is of no such form.
 */
export function contracted(expr: Expr): Expr | undefined {
  if (expr.op === 'sub') return deviationIn(expr);
  if (expr.op === 'select') return logsumexpIn(expr.y) ?? meanIn(expr.y);
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
  if (first.op !== 'reduce' || first.reduce !== 'first' || rest.op !== 'div') return undefined;
  const { x: sum } = rest;
  if (sum.op !== 'reduce' || sum.reduce !== 'sum') return undefined;
  const whole = beyondRollouts(sum) ?? sum;
  const { x: shifted } = whole;
  return shifted.op === 'sub' && shifted.y === first ? reduce('mean', setOf(whole), shifted.x) : undefined;
}

/** Of tokens beyond their rollout, which is done for each rollout first. */
function beyondRollouts(outer: Reduce): Reduce | undefined {
  const { reduce: op, from, to, x: inner } = outer;
  const isSame = from === 'rollout' && inner.op === 'reduce' && inner.reduce === op && inner.from === 'token';
  const isWhole = outer.where === undefined || op === 'first';
  if (!isSame || !isWhole || inner.to !== 'rollout') return undefined;
  return reduce(op, { from: 'token', to, where: inner.where }, inner.x);
}
