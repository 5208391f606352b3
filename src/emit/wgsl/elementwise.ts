/** Ops in WGSL: float32, conditions, and tags as int32. What is called stands in `functions.ts`. Each text may stand anywhere. */
import type { ElementwiseTemplates } from '../backend.js';
import { codeIn } from '../element-code.js';

const infix =
  (symbol: string) =>
  (x: string, y: string): string =>
    `(${x} ${symbol} ${y})`;
const call =
  (name: string) =>
  (...operands: readonly string[]): string =>
    `${name}(${operands.join(', ')})`;

export const WGSL: ElementwiseTemplates = {
  unary: {
    neg: (x) => `(-${x})`,
    exp: (x) => call('exponential')(x),
    expm1: (x) => call('exponential_less_one')(x),
    log: (x) => call('logarithm')(x),
    log1p: (x) => call('logarithm_of_one_plus')(x),
    sqrt: (x) => call('sqrt')(x),
    abs: (x) => call('abs')(x),
    sign: (x) => call('sign_of')(x),
    sigmoid: (x) => call('sigmoid')(x),
    softplus: (x) => call('softplus')(x),
    tanh: (x) => call('hyperbolic_tangent')(x),
    stop: (x) => x,
    not: (x) => `(!${x})`,
  },
  binary: {
    add: infix('+'),
    sub: infix('-'),
    mul: infix('*'),
    div: infix('/'),
    pow: (x, y) => call('power')(x, y),
    min: (x, y) => call('lesser')(x, y),
    max: (x, y) => call('greater')(x, y),
    lt: infix('<'),
    le: infix('<='),
    gt: infix('>'),
    ge: infix('>='),
    eq: infix('=='),
    // A shader may take NaN for equal to itself.
    ne: (x, y, kind) => (kind === 'real' ? call('differ')(x, y) : infix('!=')(x, y)),
    and: infix('&&'),
    or: infix('||'),
  },
  ternary: {
    select: (x, y, z) => `select(${z}, ${y}, ${x})`,
    clip: (x, low, high) => call('clipped')(x, low, high),
  },
};

/** The statements of one element in WGSL. */
export const codeFor = codeIn({ templates: WGSL, declares: 'let' });
