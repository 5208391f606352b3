/**
 * What work costs, in nanoseconds per token of one core, four tokens at a time: measured once on vector code, rounded,
 * and used for one thing, to choose between computing a value again and storing it.
 */
import type { BinaryOp, Expr, TernaryOp, UnaryOp } from '../../ir/expr.js';
import { isBinary, isTernary, isUnary } from '../../ir/expr.js';

const UNARY: { readonly [op in UnaryOp]: number } = {
  neg: 0.1,
  exp: 1.5,
  expm1: 2.5,
  log: 2,
  log1p: 2.5,
  sqrt: 0.6,
  abs: 0.1,
  sign: 0.3,
  sigmoid: 2.5,
  softplus: 4,
  tanh: 3,
  stop: 0,
  not: 0.1,
};
const BINARY: { readonly [op in BinaryOp]: number } = {
  add: 0.1,
  sub: 0.1,
  mul: 0.1,
  div: 0.6,
  pow: 5,
  min: 0.2,
  max: 0.2,
  lt: 0.1,
  le: 0.1,
  gt: 0.1,
  ge: 0.1,
  eq: 0.1,
  ne: 0.1,
  and: 0.1,
  or: 0.1,
};
const TERNARY: { readonly [op in TernaryOp]: number } = { select: 0.2, clip: 0.4 };

/** Reading a token of an input that the rollout's steps have not read yet, from memory. */
export const READ = 0.4;
/** Reading it again within the rollout, from the nearest cache. */
export const READ_AGAIN = 0.1;
/** Writing a number to a kept row and reading it back, in the nearest cache. */
export const KEEP = 0.2;
/** Writing a number to memory and reading it back. */
export const STORE = 1.2;

/** Computing one elementwise value; 0 for what is read or there anyway. */
export function costOf(node: Expr): number {
  if (isUnary(node)) return UNARY[node.op];
  if (isBinary(node)) return BINARY[node.op];
  return isTernary(node) ? TERNARY[node.op] : 0;
}

/** Whether a value costs several times what a sum or a product does. */
export const isDear = (node: Expr): boolean => costOf(node) >= BINARY.div;
