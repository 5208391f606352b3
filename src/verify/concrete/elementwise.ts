/** What each elementwise op is in terms: one template an op, as `docs/certificates.md` §1 spells them. */
import * as b from '../../proof/build.js';
import { isZero, ratio } from '../../proof/rational.js';
import type { Condition, Literal, Term } from '../../proof/term.js';
import type { BinaryOp, UnaryOp } from '../../ir/expr.js';

export type RealUnary = Exclude<UnaryOp, 'not'>;
export type RealBinary = Extract<BinaryOp, 'add' | 'sub' | 'mul' | 'div' | 'pow' | 'min' | 'max'>;
export type Comparison = Extract<BinaryOp, 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne'>;

const TWO = b.number(2);
const HALF = ratio(1n, 2n);
const sigmoid = (x: Term): Term => b.power(b.sum(b.one, b.exp(b.negated(x))), -1);

export const UNARY: { readonly [op in RealUnary]: (x: Term) => Term } = {
  neg: b.negated,
  exp: b.exp,
  expm1: (x) => b.difference(b.exp(x), b.one),
  log: b.log,
  log1p: (x) => b.log(b.sum(b.one, x)),
  sqrt: (x) => root(x),
  abs: (x) => b.select(b.literal('>=', x), x, b.negated(x)),
  sign: (x) => b.select(b.literal('>', x), b.one, b.select(b.literal('==', x), b.zero, b.number(-1))),
  sigmoid,
  softplus: (x) => b.log(b.sum(b.one, b.exp(x))),
  tanh: (x) => b.difference(b.one, b.quotient(TWO, b.sum(b.one, b.exp(b.product(TWO, x))))),
  stop: (x) => x,
};

const root = (x: Term): Term => (x.op === 'number' && isZero(x.value) ? b.zero : b.power(x, HALF));

/** A power of a base that has to be positive: rational where the exponent is a rational number. */
export const power = (x: Term, y: Term): Term =>
  y.op === 'number' ? b.power(x, y.value) : b.exp(b.product(y, b.log(x)));

export const BINARY: { readonly [op in RealBinary]: (x: Term, y: Term) => Term } = {
  add: b.sum,
  sub: b.difference,
  mul: b.product,
  div: b.quotient,
  pow: power,
  min: (x, y) => b.select(b.atLeast(y, x), x, y),
  max: (x, y) => b.select(b.atLeast(x, y), x, y),
};

export const clip = (x: Term, low: Term, high: Term): Term =>
  b.select(b.above(low, x), low, b.select(b.above(x, high), high, x));

export const COMPARISONS: { readonly [op in Comparison]: (x: Term, y: Term) => Condition } = {
  lt: (x, y) => b.above(y, x),
  le: (x, y) => b.atLeast(y, x),
  gt: b.above,
  ge: b.atLeast,
  eq: b.equal,
  ne: b.different,
};

/** What has to hold for an operation on these operands to have a value; nothing where it always has one. */
export const DEFINED: { readonly [op in RealUnary | RealBinary]?: (x: Term, y: Term) => Literal } = {
  log: (x) => ({ op: '>', x }),
  log1p: (x) => ({ op: '>', x: b.sum(b.one, x) }),
  sqrt: (x) => ({ op: '>=', x }),
  div: (_, y) => ({ op: '!=', x: y }),
  pow: (x) => ({ op: '>', x }),
};
