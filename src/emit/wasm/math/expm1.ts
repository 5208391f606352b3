/** e^x − 1, with all digits around 0. */
import { f32x4, get, i32x4, multiplyAdd, v128 } from '../instructions.js';
import { exponentialLessOne, halves, one, reduced } from './exponential.js';
import type { UnaryFunction } from './function.js';
import { signOf } from './sign-bit.js';

export const expm1: UnaryFunction = {
  ulp: 2,
  emit(code, x) {
    // Below −20 it is −1, and e^89 is above the largest float32.
    const bounded = f32x4.pmin(f32x4.pmax(get(x), code.splat(-20)), code.splat(89));
    const { n, r } = reduced(code, get(code.let('v128', bounded)));
    const { h, k } = halves(code, n);
    // 2^n·(e^r − 1) + 2^n − 1, as 2^k·(2^h·(e^r − 1) + 2^h − 2^−k): 2^n alone may be too large.
    const scale = get(code.let('v128', i32x4.add(one(code), h)));
    const rest = f32x4.sub(scale, i32x4.sub(one(code), k));
    const sum = multiplyAdd(code, exponentialLessOne(code, r), scale, rest);
    const result = f32x4.mul(sum, i32x4.add(one(code), k));
    // It has the sign of x; only −0 has lost it.
    return code.let('v128', v128.or(result, signOf(code, get(x))));
  },
};
