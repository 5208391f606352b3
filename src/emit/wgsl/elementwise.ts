/**
 * Ops in WGSL: float32, conditions, and tags as int32; of one number, and of each of those that a lane takes at once. What
 * is called stands in `functions.ts`. Each text may stand anywhere.
 */
import { isFiner } from '../../base/level.js';
import type { Expr } from '../../ir/expr.js';
import type { ElementwiseTemplates } from '../backend.js';
import { codeIn } from '../element-code.js';

const infix =
  (symbol: string) =>
  (x: string, y: string): string =>
    `(${x} ${symbol} ${y})`;

/** `end` is what the names of called functions end in. */
function templatesOf(end: '' | '_each'): ElementwiseTemplates {
  const call =
    (name: string) =>
    (...operands: readonly string[]): string =>
      `${name}${end}(${operands.join(', ')})`;
  return {
    unary: {
      neg: (x) => `(-${x})`,
      exp: (x) => call('exponential')(x),
      expm1: (x) => call('exponential_less_one')(x),
      log: (x) => call('logarithm')(x),
      log1p: (x) => call('logarithm_of_one_plus')(x),
      sqrt: (x) => `sqrt(${x})`,
      abs: (x) => `abs(${x})`,
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
      // Vectors of flags have no `&&` and no `||`.
      and: infix('&'),
      or: infix('|'),
    },
    ternary: {
      select: (x, y, z) => `select(${z}, ${y}, ${x})`,
      clip: (x, low, high) => call('clipped')(x, low, high),
    },
  };
}

export const WGSL = templatesOf('');
export const WGSL_EACH = templatesOf('_each');

/** The statements of one element in WGSL. */
export const codeFor = codeIn({ templates: WGSL, declares: 'let' });

/** The statements of as many tokens as a lane takes at once. */
export const codeForEach = codeIn({
  templates: WGSL_EACH,
  declares: 'let',
  // WGSL takes a number beside a vector here, and nowhere else.
  fits: ({ op }, operand, text) =>
    op === 'add' || op === 'sub' || op === 'mul' || op === 'div' ? text : eachText(operand, text),
});

const EACH = { real: 'Reals', bool: 'Flags', tag: 'Wholes' } as const;

/** A value for each of the tokens that a lane takes at once: a coarser one is the same for all. */
export const eachText = ({ type }: Expr, text: string): string =>
  isFiner('token', type.level) ? `${EACH[type.kind]}(${text})` : text;
