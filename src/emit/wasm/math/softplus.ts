/** log(1 + e^x), without overflow: for very negative x down to subnormal numbers. */
import { f32x4, get } from '../instructions.js';
import { exponential, notTooSmall } from './exponential.js';
import type { UnaryFunction } from './function.js';
import { logarithmOfOnePlus, WIDE } from './logarithm.js';

export const softplus: UnaryFunction = {
  ulp: 2,
  emit(code, x) {
    // max(x, 0) + log(1 + e^−|x|)
    const bounded = get(code.let('v128', notTooSmall(code, f32x4.neg(f32x4.abs(get(x))))));
    const power = get(code.let('v128', exponential(code, bounded)));
    const result = logarithmOfOnePlus(code, power, WIDE);
    return code.let('v128', f32x4.add(result, f32x4.pmax(code.splat(0), get(x))));
  },
};
