/** The hyperbolic tangent, with all digits around 0. */
import type { Code, Value } from '../code.js';
import { choose, f32x4, get, i32x4, multiplyAdd, v128 } from '../instructions.js';
import { exponentBits, exponentialLessOne, one, polynomial, reduced } from './exponential.js';
import type { UnaryFunction } from './function.js';
import { signOf } from './sign-bit.js';

/**
 * (tanh(x)/x − 1)/x² as a series in x², for |x| ≤ 0.5201: minimax (Remez) for the error relative to tanh(x), fitted anew
 * after each coefficient was rounded to float32. The relative error is below 2^−25.4.
 */
const SERIES = [
  -0.33333078026771545, 0.1332404464483261, -0.05290410667657852, 0.016918951645493507,
] as const;

function nearZero(code: Code, x: Value): Value {
  const square = get(code.let('v128', f32x4.mul(x, x)));
  const cube = f32x4.mul(x, square);
  return multiplyAdd(code, cube, polynomial(code, square, SERIES), x);
}

export const tanh: UnaryFunction = {
  ulp: 2,
  emit(code, x) {
    const size = f32x4.abs(get(x));
    // From 10 on it is 1.
    const doubled = f32x4.pmin(f32x4.add(size, size), code.splat(20));
    const { n, r } = reduced(code, get(code.let('v128', doubled)));
    const power = get(code.let('v128', i32x4.add(one(code), exponentBits(n))));
    const sum = multiplyAdd(code, exponentialLessOne(code, r), power, f32x4.sub(power, code.splat(1)));
    // m/(m + 2) with m = e^2x − 1 = 2^n·(e^r − 1) + 2^n − 1: an error of m all but cancels where m is large.
    const m = get(code.let('v128', sum));
    const quotient = f32x4.div(m, f32x4.add(m, code.splat(2)));
    // n is 0 or 1 for |x| ≤ 0.52; NaN has any n.
    const isSmall = f32x4.le(power, code.splat(2));
    const result = choose(code, isSmall, nearZero(code, get(x)), quotient);
    return code.let('v128', v128.or(result, signOf(code, get(x))));
  },
};
