/** The table of vector functions: total over the elementwise ops, so that a missing one does not compile. */
import * as arithmetic from './arithmetic.js';
import { exp } from './exp.js';
import { expm1 } from './expm1.js';
import type { VectorFunctions } from './function.js';
import { log } from './log.js';
import { log1p } from './log1p.js';
import * as order from './order.js';
import { pow } from './pow.js';
import { sigmoid } from './sigmoid.js';
import { softplus } from './softplus.js';
import { tanh } from './tanh.js';

const { neg, abs, sqrt, sign, stop, add, sub, mul, div } = arithmetic;
const { lt, le, gt, ge, eq, ne, and, or, not, min, max, clip, select } = order;

export const VECTOR_FUNCTIONS: VectorFunctions = {
  unary: { neg, exp, expm1, log, log1p, sqrt, abs, sign, sigmoid, softplus, tanh, stop, not },
  binary: { add, sub, mul, div, pow, min, max, lt, le, gt, ge, eq, ne, and, or },
  ternary: { select, clip },
};
