/** log(1 + x), with all digits around 0: −∞ at −1, NaN below. */
import { f32x4, get, i32x4 } from '../instructions.js';
import { one } from './exponential.js';
import type { UnaryFunction } from './function.js';
import {
  inDomain,
  infiniteWhere,
  negatedExponent,
  negatedExponentBits,
  sumOfLogarithms,
} from './logarithm.js';

export const log1p: UnaryFunction = {
  ulp: 2,
  emit(code, x) {
    const sum = f32x4.add(get(x), code.splat(1));
    const bits = get(code.let('v128', negatedExponentBits(code, get(code.let('v128', sum)))));
    // f = x·2^−e − (1 − 2^−e): at e = 0 that is x itself, −0 included. From 2^127 on, 2^−e is as good as 0.
    const inverse = i32x4.max(i32x4.add(one(code), bits), code.splatBits(0));
    const f = f32x4.sub(i32x4.add(get(x), bits), f32x4.sub(code.splat(1), inverse));
    const negated = infiniteWhere(code, f32x4.eq(get(x), code.splat(-1)), negatedExponent(bits));
    const result = sumOfLogarithms(code, {
      f: get(code.let('v128', f)),
      negated: get(code.let('v128', negated)),
    });
    return code.let('v128', inDomain(code, get(x), -1, result));
  },
};
