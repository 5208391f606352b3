/** What a value is called that the program does not name. */
import {
  isBinary,
  isTernary,
  isUnary,
  type BinaryOp,
  type Expr,
  type TernaryOp,
  type UnaryOp,
} from '../../ir/expr.js';

const UNARY: { readonly [op in UnaryOp]: string } = {
  neg: 'negated',
  exp: 'exponential',
  expm1: 'excess',
  log: 'logarithm',
  log1p: 'logarithm',
  sqrt: 'root',
  abs: 'size',
  sign: 'sign_of',
  sigmoid: 'share',
  softplus: 'softened',
  tanh: 'squashed',
  stop: 'stopped',
  not: 'opposite',
};
const BINARY: { readonly [op in BinaryOp]: string } = {
  add: 'total',
  sub: 'difference',
  mul: 'product',
  div: 'quotient',
  pow: 'power',
  min: 'lesser',
  max: 'greater',
  lt: 'is_below',
  le: 'is_at_most',
  gt: 'is_above',
  ge: 'is_at_least',
  eq: 'is_equal',
  ne: 'is_other',
  and: 'are_both',
  or: 'is_either',
};
const TERNARY: { readonly [op in TernaryOp]: string } = { select: 'chosen', clip: 'clipped' };

export function nounFor(node: Expr): string {
  if (isUnary(node)) return UNARY[node.op];
  if (isBinary(node)) return BINARY[node.op];
  if (isTernary(node)) return TERNARY[node.op];
  if (node.op === 'reduce') return `${node.reduce}_over_${node.from === 'peer' ? 'others' : `${node.from}s`}`;
  if (node.op === 'swap') return 'exchanged';
  if (node.op === 'scan') return node.direction === 'forward' ? 'sum_so_far' : 'sum_to_go';
  if (node.op === 'shift') return node.by > 0 ? 'earlier' : 'later';
  if (node.op === 'input' || node.op === 'named') return node.name;
  return node.op === 'attains' ? `is_${node.extreme}` : node.op;
}
