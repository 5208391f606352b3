/** Comparisons that the values of both sides decide. */
import type { Interval } from '../base/interval.js';
import type { Expr } from '../syntax/ast.js';

/** Whether every value of a lies below every value of b; or on it, where that may be. */
const isBelow = (a: Interval, b: Interval, orEqual: boolean): boolean =>
  a.high < b.low || (a.high === b.low && (orEqual || a.highOpen || b.lowOpen) && Number.isFinite(a.high));

const isPoint = ({ low, high }: Interval): boolean => low === high;

/** The value of a comparison of numbers, if it is the same for all batches. */
export function decided(
  { operator, left, right }: Extract<Expr, { kind: 'binary' }>,
  rangeOf: (expr: Expr) => Interval,
): boolean | undefined {
  const [x, y] = [rangeOf(left), rangeOf(right)];
  switch (operator) {
    case '<':
      return isBelow(x, y, false) ? true : isBelow(y, x, true) ? false : undefined;
    case '<=':
      return isBelow(x, y, true) ? true : isBelow(y, x, false) ? false : undefined;
    case '>':
      return isBelow(y, x, false) ? true : isBelow(x, y, true) ? false : undefined;
    case '>=':
      return isBelow(y, x, true) ? true : isBelow(x, y, false) ? false : undefined;
    case '==':
    case '!=': {
      const differ = isBelow(x, y, false) || isBelow(y, x, false);
      const agree = isPoint(x) && isPoint(y) && x.low === y.low;
      if (!differ && !agree) return undefined;
      return operator === '==' ? agree : differ;
    }
    default:
      return undefined;
  }
}
