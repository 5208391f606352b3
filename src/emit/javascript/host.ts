/** Ops on the host: plain numbers and conditions in float64. Each text may stand anywhere in an expression. */
import type { ElementwiseTemplates } from '../backend.js';

const call =
  (name: string) =>
  (...operands: readonly string[]): string =>
    `Math.${name}(${operands.join(', ')})`;
const infix =
  (symbol: string) =>
  (x: string, y: string): string =>
    `(${x} ${symbol} ${y})`;

export const HOST: ElementwiseTemplates = {
  unary: {
    neg: (x) => `(-${x})`,
    exp: (x) => call('exp')(x),
    expm1: (x) => call('expm1')(x),
    log: (x) => call('log')(x),
    log1p: (x) => call('log1p')(x),
    sqrt: (x) => call('sqrt')(x),
    abs: (x) => call('abs')(x),
    sign: (x) => call('sign')(x),
    sigmoid: (x) => `(1 / (1 + Math.exp(-${x})))`,
    softplus: (x) => `(Math.max(${x}, 0) + Math.log1p(Math.exp(-Math.abs(${x}))))`,
    tanh: (x) => call('tanh')(x),
    stop: (x) => x,
    not: (x) => `(!${x})`,
  },
  binary: {
    add: infix('+'),
    sub: infix('-'),
    mul: infix('*'),
    div: infix('/'),
    pow: (x, y) => `(${x} > 0 ? Math.pow(${x}, ${y}) : NaN)`,
    min: (x, y) => call('min')(x, y),
    max: (x, y) => call('max')(x, y),
    lt: infix('<'),
    le: infix('<='),
    gt: infix('>'),
    ge: infix('>='),
    eq: infix('==='),
    ne: infix('!=='),
    and: infix('&&'),
    or: infix('||'),
  },
  ternary: {
    select: (x, y, z) => `(${x} ? ${y} : ${z})`,
    clip: (x, low, high) =>
      `(Number.isNaN(${low}) || Number.isNaN(${high}) ? NaN : ${x} < ${low} ? ${low} : ${x} > ${high} ? ${high} : ${x})`,
  },
};
