/** What variances and standard deviations share: each element's deviation from the mean of its index set. */
import { reduce, stop, sub, type IndexSet } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';

/** Shifted by the first element, so that equal values deviate by exactly 0. */
export function deviations(set: IndexSet, x: Expr): Expr {
  const shifted = sub(x, stop(reduce('first', set, x)));
  return sub(shifted, reduce('mean', set, shifted));
}
