/** Importance ratios: exponentials of log-probability differences, however they are named or averaged. */
import type { Expr } from '../ir/expr.js';

/** The expression without the names around it. */
export function unnamed(expr: Expr): Expr {
  let inner = expr;
  while (inner.op === 'named') inner = inner.x;
  return inner;
}

/** A difference of what the model says and what the batch says, in either order: which of them is taken from which. */
export function logRatio(expr: Expr | undefined): { readonly sign: 1 | -1 } | undefined {
  if (expr === undefined) return undefined;
  const inner = unnamed(expr);
  if (inner.op === 'reduce' && (inner.reduce === 'mean' || inner.reduce === 'sum') && inner.from === 'token')
    return logRatio(inner.x);
  if (inner.op === 'neg') {
    const other = logRatio(inner.x);
    return other && { sign: other.sign === 1 ? -1 : 1 };
  }
  if (inner.op !== 'sub') return undefined;
  const [x, y] = [unnamed(inner.x), unnamed(inner.y)];
  const isPlain = (one: Expr, role: 'model' | 'data'): boolean => one.op === 'input' && one.role === role;
  if (isPlain(x, 'model') && isPlain(y, 'data')) return { sign: 1 };
  return isPlain(x, 'data') && isPlain(y, 'model') ? { sign: -1 } : undefined;
}

/** exp of such a difference, whether its gradient is stopped or not. */
export function isRatio(expr: Expr | undefined): boolean {
  if (expr === undefined) return false;
  let inner = unnamed(expr);
  while (inner.op === 'stop') inner = unnamed(inner.x);
  return inner.op === 'exp' && logRatio(inner.x)?.sign === 1;
}
