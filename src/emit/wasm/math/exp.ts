/** e^x, from subnormal numbers to infinity. */
import { f32x4, get } from '../instructions.js';
import { exponential, notTooSmall } from './exponential.js';
import type { UnaryFunction } from './function.js';

export const exp: UnaryFunction = {
  ulp: 1,
  emit(code, x) {
    // e^89 is above the largest float32.
    const bounded = get(code.let('v128', f32x4.pmin(notTooSmall(code, get(x)), code.splat(89))));
    return code.let('v128', exponential(code, bounded));
  },
};
