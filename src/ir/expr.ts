/**
 * Expressions over a closed set of ops: immutable, typed, made only by `build.ts`.
 * Elementwise ops live at the finer level of their operands; a coarser operand is broadcast down.
 * An expression holds no span and no fact: those live in side tables.
 */
import type Fraction from 'fraction.js';
import type { IndexLevel } from '../base/level.js';
import type { Type } from './type.js';

export const UNARY_OPS = [
  'neg',
  'exp',
  'expm1',
  'log',
  'log1p',
  'sqrt',
  'abs',
  'sign',
  'sigmoid',
  'softplus',
  'tanh',
  'stop',
  'not',
] as const;
export const BINARY_OPS = [
  'add',
  'sub',
  'mul',
  'div',
  'pow',
  'min',
  'max',
  'lt',
  'le',
  'gt',
  'ge',
  'eq',
  'ne',
  'and',
  'or',
] as const;
export const REDUCE_OPS = [
  'sum',
  'mean',
  'max',
  'min',
  'logsumexp',
  'any',
  'all',
  'first',
  'quantile',
] as const;
export type UnaryOp = (typeof UNARY_OPS)[number];
export type BinaryOp = (typeof BINARY_OPS)[number];
export type ReduceOp = (typeof REDUCE_OPS)[number];
/** Ops of three operands: `select(condition, then, else)` and `clip(x, low, high)`. */
export type TernaryOp = 'select' | 'clip';

interface Typed {
  readonly type: Type<IndexLevel>;
}
/** An exact rational; an integer, where it is the id of a tag. */
export interface Const extends Typed {
  readonly op: 'const';
  readonly value: Fraction;
}
export interface Infinity_ extends Typed {
  readonly op: 'inf';
  readonly negative: boolean;
}
export interface Pi extends Typed {
  readonly op: 'pi';
}
export interface Bool extends Typed {
  readonly op: 'bool';
  readonly value: boolean;
}
export interface Input extends Typed {
  readonly op: 'input';
  readonly type: Type;
  readonly role: 'param' | 'data' | 'model' | 'tag';
  readonly name: string;
}
export interface Unary extends Typed {
  readonly op: UnaryOp;
  readonly x: Expr;
}
export interface Binary extends Typed {
  readonly op: BinaryOp;
  readonly x: Expr;
  readonly y: Expr;
}
export interface Ternary extends Typed {
  readonly op: TernaryOp;
  readonly x: Expr;
  readonly y: Expr;
  readonly z: Expr;
}
/**
 * `reduce[from in to where …](x, anchor: …)`; `to` is strictly coarser than `from`; `x` and `where` are at `from` or
 * coarser; `anchor`, which only `logsumexp` may have, and `q`, which only `quantile` has, are at `to` or coarser. Over
 * nothing: sum, mean, first and quantile are 0, max is −∞, min is +∞, logsumexp is −∞, any is false, all is true.
 */
export interface Reduce extends Typed {
  readonly op: 'reduce';
  readonly reduce: ReduceOp;
  readonly from: IndexLevel;
  readonly to: IndexLevel;
  readonly x: Expr;
  readonly where?: Expr;
  readonly anchor?: Expr;
  readonly q?: Expr;
}
/**
 * A boolean at `from`: true at the first element, in order, of the index set (`from` in `to`, `where` true) at which
 * `x` attains the set's extreme; false elsewhere. It marks who takes the derivative of an extreme.
 */
export interface Attains extends Typed {
  readonly op: 'attains';
  readonly extreme: 'max' | 'min';
  readonly from: IndexLevel;
  readonly to: IndexLevel;
  readonly x: Expr;
  readonly where?: Expr;
}
/**
 * At the pair of a rollout and another one of its group, the value at the pair of the same two whose other is this one's
 * rollout: of a value per rollout, the value at the other. Values per group and of the batch have no such node.
 */
export interface Swap extends Typed {
  readonly op: 'swap';
  readonly x: Expr;
}
/**
 * Along each rollout, at tokens: y_t = x_t + γ · y of the token before (`forward`) or after (`backward`), and y_t = x_t at
 * the end where there is none. Without `gamma`, γ is 1. `x` is at tokens or coarser, `gamma` coarser than tokens.
 */
export interface Scan extends Typed {
  readonly op: 'scan';
  readonly direction: ScanDirection;
  readonly x: Expr;
  readonly gamma?: Expr;
}
export type ScanDirection = 'forward' | 'backward';
/**
 * Along each rollout, at tokens: `x` of the token `by` places earlier, and the own `fill` where the rollout has none.
 * Conditions are filled with false: `shift(true, by)` is where there is such a token.
 */
export interface Shift extends Typed {
  readonly op: 'shift';
  /** An integer; negative looks ahead. */
  readonly by: number;
  readonly x: Expr;
  readonly fill: Expr;
}
/**
 * A value that the program named with `let`. It keeps its identity apart from every equal expression, so that
 * `grad(y, x)` means the name `x`, and its level apart from its value, which may be at a coarser one: `logp ^ 0` is 1
 * for each token. `simplify` drops it on the way to code.
 */
export interface Named extends Typed {
  readonly op: 'named';
  readonly type: Type;
  readonly name: string;
  readonly x: Expr;
}

export type Leaf = Const | Infinity_ | Pi | Bool | Input;
export type Expr = Leaf | Unary | Binary | Ternary | Reduce | Attains | Swap | Scan | Shift | Named;

const UNARY: ReadonlySet<string> = new Set(UNARY_OPS);
const BINARY: ReadonlySet<string> = new Set(BINARY_OPS);
export const isUnaryOp = (op: Expr['op']): op is UnaryOp => UNARY.has(op);
export const isBinaryOp = (op: Expr['op']): op is BinaryOp => BINARY.has(op);
export const isUnary = (expr: Expr): expr is Unary => isUnaryOp(expr.op);
export const isBinary = (expr: Expr): expr is Binary => isBinaryOp(expr.op);
/** Whether an element's value is made of its operands' values at the same element. */
export const isElementwise = (expr: Expr): expr is Unary | Binary | Ternary =>
  isUnary(expr) || isBinary(expr) || isTernary(expr);
export const isTernary = (expr: Expr): expr is Ternary => expr.op === 'select' || expr.op === 'clip';
/** Whether a shift only asks where there is a token to take from. */
export const isPlace = ({ x }: Shift): boolean => x.op === 'bool' && x.value;
/** Ops that read their operands at other elements than the own. */
const READ_ELSEWHERE: readonly Expr['op'][] = ['reduce', 'attains', 'swap', 'scan', 'shift'];
/** Whether an expression at one element reads its operands at that element alone, or at what holds it. */
export const readsOwnElement = (expr: Expr): boolean => !READ_ELSEWHERE.includes(expr.op);
