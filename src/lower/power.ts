/** Whole powers as products: they take any base, and lose no digits to a logarithm. */
import { ONE, div, mul } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';

/** x · x · … by repeated squaring; the reciprocal of that for a negative exponent; 1 for 0. */
export function wholePower(x: Expr, exponent: number): Expr {
  if (exponent < 0) return div(ONE, wholePower(x, -exponent));
  let result: Expr | undefined;
  let square = x;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = result === undefined ? square : mul(result, square);
    if (left > 1) square = mul(square, square);
  }
  return result ?? ONE;
}
