/** The natural logarithm: −∞ at 0, NaN below. */
import { get } from '../instructions.js';
import type { UnaryFunction } from './function.js';
import { inDomain, parts, sumOfLogarithms } from './logarithm.js';

export const log: UnaryFunction = {
  ulp: 1,
  emit(code, x) {
    const result = sumOfLogarithms(code, parts(code, get(x)));
    return code.let('v128', inDomain(code, get(x), 0, result));
  },
};
