/** The op table: one record per op, total over the closed unions. */
import type { OpTable } from '../op.js';
import { absolute, addition, division, multiplication, negation, power, signum, squareRoot, subtraction } from './arithmetic.js'; // prettier-ignore
import { atLeast, atMost, attainment, clipped, complement, conjunction, disjunction, equal, greater, greaterThan, lesser, lessThan, selection, unequal } from './order.js'; // prettier-ignore
import { allOf, anyOf, average, firstOf, logSumExp, maximal, minimal, summation } from './reduce.js';
import { stopGradient } from './structure.js';
import { exponential, exponentialMinusOne, hyperbolicTangent, logarithm, logarithmOnePlus, sigmoidRecord, softplusRecord } from './transcendental.js'; // prettier-ignore

export const OPS: OpTable = {
  unary: {
    neg: negation,
    exp: exponential,
    expm1: exponentialMinusOne,
    log: logarithm,
    log1p: logarithmOnePlus,
    sqrt: squareRoot,
    abs: absolute,
    sign: signum,
    sigmoid: sigmoidRecord,
    softplus: softplusRecord,
    tanh: hyperbolicTangent,
    stop: stopGradient,
    not: complement,
  },
  binary: {
    add: addition,
    sub: subtraction,
    mul: multiplication,
    div: division,
    pow: power,
    min: lesser,
    max: greater,
    lt: lessThan,
    le: atMost,
    gt: greaterThan,
    ge: atLeast,
    eq: equal,
    ne: unequal,
    and: conjunction,
    or: disjunction,
  },
  ternary: { select: selection, clip: clipped },
  reduce: {
    sum: summation,
    mean: average,
    max: maximal,
    min: minimal,
    logsumexp: logSumExp,
    any: anyOf,
    all: allOf,
    first: firstOf,
  },
  attains: attainment,
};
