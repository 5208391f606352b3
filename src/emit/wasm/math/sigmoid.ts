/** 1/(1 + e^−x): for very negative x down to subnormal numbers. */
import { f32x4, get, i32x4 } from '../instructions.js';
import { exponentialLessOne, halves, notTooSmall, one, reduced } from './exponential.js';
import type { UnaryFunction } from './function.js';

export const sigmoid: UnaryFunction = {
  ulp: 2,
  emit(code, x) {
    const bounded = f32x4.pmin(notTooSmall(code, get(x)), code.splat(88));
    const { n, r } = reduced(code, get(code.let('v128', bounded)));
    const { h, k } = halves(code, n);
    // e^x/(1 + e^x) with e^x = 2^(h+k)·e^r, over 2^−k: nothing in it is too large or too small but the result.
    const power = f32x4.add(exponentialLessOne(code, r), code.splat(1));
    const part = get(code.let('v128', f32x4.mul(power, i32x4.add(one(code), h))));
    return code.let('v128', f32x4.div(part, f32x4.add(part, i32x4.sub(one(code), k))));
  },
};
