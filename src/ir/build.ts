/** The only way to make an expression: constructors that compute its type and check that it is well formed. */
import Fraction from 'fraction.js';
import { finer, isFiner, nameable, type IndexLevel, type Level } from '../base/level.js';
import { exactDecimal } from './constant.js';
import type {
  Attains,
  Binary,
  BinaryOp,
  Bool,
  Const,
  Expr,
  Input,
  Named,
  Reduce,
  ReduceOp,
  Scan,
  ScanDirection,
  Shift,
  Ternary,
  Unary,
  UnaryOp,
} from './expr.js';
import type { Kind } from './type.js';

const atBatch = (kind: Kind): { readonly kind: Kind; readonly level: Level } => ({ kind, level: 'batch' });

/** A broken invariant of the compiler, never a user's mistake. */
function demand(condition: boolean, message: string): void {
  if (!condition) throw new Error(`internal: ${message}`);
}
const demandKind = (expr: Expr, kind: Kind, where: string): void =>
  demand(expr.type.kind === kind, `${where} takes a ${kind}, got ${expr.op}`);

export const rational = (value: Fraction): Const => ({ op: 'const', type: atBatch('real'), value });
/** A constant, from a safe integer or the text of a decimal literal. */
export const constant = (value: number | string): Const =>
  rational(typeof value === 'string' ? exactDecimal(value) : new Fraction(BigInt(value), 1n));
/** A literal that a tag is compared with: a safe integer. */
export const id = (value: number): Const => ({ ...constant(value), type: atBatch('tag') });
export const ZERO = constant(0);
export const ONE = constant(1);
export const infinity = (negative = false): Expr => ({ op: 'inf', type: atBatch('real'), negative });
export const PI: Expr = { op: 'pi', type: atBatch('real') };
export const bool = (value: boolean): Bool => ({ op: 'bool', type: atBatch('bool'), value });
export const TRUE = bool(true);
export const FALSE = bool(false);
export const input = (role: Input['role'], name: string, level: Level): Input => ({
  op: 'input',
  type: { kind: role === 'tag' ? 'tag' : 'real', level },
  role,
  name,
});

export function unary(op: UnaryOp, x: Expr): Unary {
  const kind: Kind = op === 'not' ? 'bool' : 'real';
  demandKind(x, kind, op);
  return { op, type: { kind, level: x.type.level }, x };
}
const COMPARISONS: readonly string[] = ['lt', 'le', 'gt', 'ge', 'eq', 'ne'] satisfies readonly BinaryOp[];
const CONNECTIVES: readonly string[] = ['and', 'or'] satisfies readonly BinaryOp[];

export function binary(op: BinaryOp, x: Expr, y: Expr): Binary {
  const level = finer(x.type.level, y.type.level);
  if (op === 'eq' || op === 'ne') demand(x.type.kind === y.type.kind, `${op} takes two of one kind`);
  else for (const operand of [x, y]) demandKind(operand, CONNECTIVES.includes(op) ? 'bool' : 'real', op);
  const kind: Kind = COMPARISONS.includes(op) || CONNECTIVES.includes(op) ? 'bool' : 'real';
  return { op, type: { kind, level }, x, y };
}

export const neg = (x: Expr): Expr => unary('neg', x);
export const exp = (x: Expr): Expr => unary('exp', x);
export const expm1 = (x: Expr): Expr => unary('expm1', x);
export const log = (x: Expr): Expr => unary('log', x);
export const log1p = (x: Expr): Expr => unary('log1p', x);
export const sqrt = (x: Expr): Expr => unary('sqrt', x);
export const abs = (x: Expr): Expr => unary('abs', x);
export const sign = (x: Expr): Expr => unary('sign', x);
export const sigmoid = (x: Expr): Expr => unary('sigmoid', x);
export const softplus = (x: Expr): Expr => unary('softplus', x);
export const tanh = (x: Expr): Expr => unary('tanh', x);
export const stop = (x: Expr): Expr => unary('stop', x);
export const not = (x: Expr): Expr => unary('not', x);
export const add = (x: Expr, y: Expr): Expr => binary('add', x, y);
export const sub = (x: Expr, y: Expr): Expr => binary('sub', x, y);
export const mul = (x: Expr, y: Expr): Expr => binary('mul', x, y);
export const div = (x: Expr, y: Expr): Expr => binary('div', x, y);
export const pow = (x: Expr, y: Expr): Expr => binary('pow', x, y);
export const min = (x: Expr, y: Expr): Expr => binary('min', x, y);
export const max = (x: Expr, y: Expr): Expr => binary('max', x, y);
export const lt = (x: Expr, y: Expr): Expr => binary('lt', x, y);
export const le = (x: Expr, y: Expr): Expr => binary('le', x, y);
export const gt = (x: Expr, y: Expr): Expr => binary('gt', x, y);
export const ge = (x: Expr, y: Expr): Expr => binary('ge', x, y);
export const eq = (x: Expr, y: Expr): Expr => binary('eq', x, y);
export const ne = (x: Expr, y: Expr): Expr => binary('ne', x, y);
export const and = (x: Expr, y: Expr): Expr => binary('and', x, y);
export const or = (x: Expr, y: Expr): Expr => binary('or', x, y);

/** `if condition then x else y`: the argument not chosen is not read and receives no adjoint. */
export function select(condition: Expr, y: Expr, z: Expr): Ternary {
  demandKind(condition, 'bool', 'select');
  demand(y.type.kind === z.type.kind, 'select takes two of one kind');
  demand(y.type.kind !== 'tag', 'select takes no tag');
  const level = finer(condition.type.level, finer(y.type.level, z.type.level));
  return { op: 'select', type: { kind: y.type.kind, level }, x: condition, y, z };
}

/** `low` below `low`, else `high` above `high`, else `x`. */
export function clip(x: Expr, low: Expr, high: Expr): Ternary {
  for (const operand of [x, low, high]) demandKind(operand, 'real', 'clip');
  const level = finer(x.type.level, finer(low.type.level, high.type.level));
  return { op: 'clip', type: { kind: 'real', level }, x, y: low, z: high };
}

export interface IndexSet {
  readonly from: IndexLevel;
  readonly to: IndexLevel;
  readonly where?: Expr | undefined;
}

/** `reduce[from in to where …](x, anchor: …)`; what is `beside` the elements is an anchor, or the q of a quantile. */
export function reduce(op: ReduceOp, set: IndexSet, x: Expr, beside?: Expr): Reduce {
  const kind: Kind = op === 'any' || op === 'all' ? 'bool' : 'real';
  checkSet(op, set, x);
  demandKind(x, kind, op);
  demand(beside === undefined || op === 'logsumexp' || op === 'quantile', `${op} takes no anchor`);
  demand(beside !== undefined || op !== 'quantile', 'a quantile has a q');
  demand(
    beside === undefined || !isFiner(beside.type.level, set.to),
    'an anchor, or a q, is at the level of the result',
  );
  return {
    op: 'reduce',
    type: { kind, level: set.to },
    reduce: op,
    from: set.from,
    to: set.to,
    x,
    ...(set.where === undefined ? {} : { where: set.where }),
    ...(beside === undefined ? {} : op === 'quantile' ? { q: beside } : { anchor: beside }),
  };
}

function checkSet(op: string, set: IndexSet, x: Expr): void {
  demand(isFiner(set.from, set.to), `${op} reduces ${set.from} into a coarser level`);
  demand(!isFiner(x.type.level, set.from), `the argument of ${op}[${set.from}] varies by ${x.type.level}`);
  if (set.where === undefined) return;
  demandKind(set.where, 'bool', 'where');
  demand(!isFiner(set.where.type.level, set.from), `the condition of ${op}[${set.from}] varies more finely`);
}

/** The number of elements of the index set, at its outer level. */
export const count = (set: IndexSet): Expr => reduce('sum', set, ONE);

export function attains(extreme: 'max' | 'min', set: IndexSet, x: Expr): Attains {
  checkSet(extreme, set, x);
  demandKind(x, 'real', extreme);
  return {
    op: 'attains',
    type: { kind: 'bool', level: set.from },
    extreme,
    from: set.from,
    to: set.to,
    x,
    ...(set.where === undefined ? {} : { where: set.where }),
  };
}

/** A value per rollout as seen from each of its peers, or one per peer with both exchanged; what is coarser is the same. */
export function swap(x: Expr): Expr {
  if (isFiner('rollout', x.type.level)) return x;
  demand(x.type.level !== 'token', 'swap takes a value per rollout or peer');
  return { op: 'swap', type: { kind: x.type.kind, level: 'peer' }, x };
}

/** The running sum along a rollout, discounted by `gamma` where it is given. */
export function scan(direction: ScanDirection, x: Expr, gamma?: Expr): Scan {
  demandKind(x, 'real', 'scan');
  if (gamma !== undefined) demandKind(gamma, 'real', 'scan');
  demand(gamma?.type.level !== 'token', 'gamma is the same along a rollout');
  return {
    op: 'scan',
    type: { kind: 'real', level: 'token' },
    direction,
    x,
    ...(gamma === undefined ? {} : { gamma }),
  };
}

/** `x` of the token `by` places earlier in the rollout, else `fill`. */
export function shift(by: number, x: Expr, fill: Expr): Shift {
  demand(Number.isInteger(by), 'shift goes by whole tokens');
  demand(x.type.kind === fill.type.kind, 'shift takes two of one kind');
  demand(
    fill.type.kind !== 'bool' || (fill.op === 'bool' && !fill.value),
    'conditions are filled with false',
  );
  return { op: 'shift', type: { kind: x.type.kind, level: 'token' }, by, x, fill };
}

/** At each token, whether its rollout has one that is `by` places earlier. */
export const hasToken = (by: number): Expr => shift(by, TRUE, FALSE);

/** At its own level, where its value may happen to be the same for all elements of a coarser one. */
export function named(name: string, x: Expr, level: Level = nameable(x.type.level)): Named {
  demand(!isFiner(x.type.level, level), `${name} varies by ${x.type.level}`);
  demand(x.type.kind !== 'tag', `${name} is a tag`);
  return { op: 'named', type: { kind: x.type.kind, level }, name, x };
}
