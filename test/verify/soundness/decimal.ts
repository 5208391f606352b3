/**
 * The meaning of expressions in 50 decimal digits: a second interpreter, for judging proofs. It agrees with `ir/eval.ts` up to
 * rounding (`decimal.test.ts`), and shares neither code nor arithmetic with the verifier.
 */
import { Decimal } from 'decimal.js';
import { ancestors, peersOf, sizeOf, type Ragged } from '../../../src/base/ragged.js';
import type { IndexLevel } from '../../../src/base/level.js';
import {
  isBinary,
  isTernary,
  isUnary,
  type BinaryOp,
  type Expr,
  type ReduceOp,
  type UnaryOp,
} from '../../../src/ir/expr.js';
import { intern } from '../../../src/ir/graph.js';

Decimal.set({ precision: 50, toExpNeg: -1e9, toExpPos: 1e9 });
/** Runs something with more digits. */
export function inDigits<Result>(digits: number, run: () => Result): Result {
  const { precision } = Decimal;
  Decimal.set({ precision: digits });
  try {
    return run();
  } finally {
    Decimal.set({ precision });
  }
}
export const decimal = (value: Decimal.Value): Decimal => new Decimal(value);
const ZERO = decimal(0);
const ONE = decimal(1);
const NAN = decimal(NaN);

const bit = (value: boolean): Decimal => (value ? ONE : ZERO);
/** Thrown where a number is too large, or too near to 0, for the exponents that decimals have: nothing is known of it. */
export const BEYOND = new Error('beyond the exponents of decimals');

let largest = ZERO;
/** What something gives, and the digits that are lost beside 1 of the smallest exponential on the way, to tell it from 0. */
export function withDepth<Result>(run: () => Result): { readonly result: Result; readonly depth: number } {
  const before = largest;
  largest = ZERO;
  const result = run();
  const depth = largest.div(Math.LN10).ceil().toNumber();
  largest = Decimal.max(before, largest);
  return { result, depth };
}

/** e^x; what is neither infinite nor 0 is not taken for it. */
function power(x: Decimal): Decimal {
  if (x.isFinite()) largest = Decimal.max(largest, x.abs());
  const y = x.exp();
  if (x.isFinite() && (!y.isFinite() || y.isZero())) throw BEYOND;
  return y;
}
/** Whether 1 + x has too few digits of x. */
const isTiny = (x: Decimal): boolean => x.abs().lt(decimal(10).pow(-Decimal.precision / 2));
/** log(1 + x), and e^x − 1; near 0 by the two first terms of their series, which are right to all digits there. */
const log1p = (x: Decimal): Decimal => (isTiny(x) ? x.minus(x.times(x).div(2)) : x.plus(1).ln());
const expm1 = (x: Decimal): Decimal => (isTiny(x) ? x.plus(x.times(x).div(2)) : power(x).minus(1));

/** In 50 digits log(1 + e^x) and its like need no care but where e^x vanishes against 1. */
const sigmoid = (x: Decimal): Decimal =>
  x.isNegative() ? power(x).div(power(x).plus(1)) : ONE.div(power(x.neg()).plus(1));

const UNARY: Readonly<Record<UnaryOp, (x: Decimal) => Decimal>> = {
  neg: (x) => x.neg(),
  exp: power,
  expm1,
  log: (x) => (x.isNegative() && !x.isZero() ? NAN : x.ln()),
  log1p: (x) => (x.lt(-1) ? NAN : log1p(x)),
  sqrt: (x) => x.sqrt(),
  abs: (x) => x.abs(),
  sign: (x) => (x.isNaN() ? x : x.isZero() ? ZERO : decimal(x.isNegative() ? -1 : 1)),
  sigmoid,
  softplus: (x) => (x.isNegative() ? log1p(power(x)) : x.plus(log1p(power(x.neg())))),
  tanh: (x) => sigmoid(x.times(2)).times(2).minus(1),
  stop: (x) => x,
  not: (x) => bit(x.isZero()),
};
const BINARY: Readonly<Record<BinaryOp, (x: Decimal, y: Decimal) => Decimal>> = {
  add: (x, y) => x.plus(y),
  sub: (x, y) => x.minus(y),
  mul: (x, y) => x.times(y),
  div: (x, y) => x.div(y),
  pow: (x, y) => (y.isZero() ? ONE : x.pow(y)),
  min: (x, y) => (x.isNaN() || y.isNaN() ? NAN : Decimal.min(x, y)),
  max: (x, y) => (x.isNaN() || y.isNaN() ? NAN : Decimal.max(x, y)),
  lt: (x, y) => bit(x.lt(y)),
  le: (x, y) => bit(x.lte(y)),
  gt: (x, y) => bit(x.gt(y)),
  ge: (x, y) => bit(x.gte(y)),
  eq: (x, y) => bit(x.eq(y)),
  ne: (x, y) => bit(!x.eq(y)),
  and: (x, y) => bit(!x.isZero() && !y.isZero()),
  or: (x, y) => bit(!x.isZero() || !y.isZero()),
};

const total = (values: readonly Decimal[]): Decimal => values.reduce((sum, one) => sum.plus(one), ZERO);
const extreme = (values: readonly Decimal[], of: 'max' | 'min', empty: number): Decimal =>
  values.some((one) => one.isNaN())
    ? NAN
    : values.reduce(
        (best, one) => (of === 'max' ? Decimal.max(best, one) : Decimal.min(best, one)),
        decimal(empty),
      );

const REDUCE: Readonly<Record<Exclude<ReduceOp, 'quantile'>, (values: readonly Decimal[]) => Decimal>> = {
  sum: total,
  mean: (values) => (values.length === 0 ? ZERO : total(values).div(values.length)),
  max: (values) => extreme(values, 'max', -Infinity),
  min: (values) => extreme(values, 'min', Infinity),
  logsumexp: (values) => {
    const top = extreme(values, 'max', -Infinity);
    return top.isFinite()
      ? total(values.map((one) => one.minus(top).exp()))
          .ln()
          .plus(top)
      : top;
  },
  any: (values) => bit(values.some((one) => !one.isZero())),
  all: (values) => bit(values.every((one) => !one.isZero())),
  first: (values) => values[0] ?? ZERO,
};

function quantile(values: readonly Decimal[], q: Decimal): Decimal {
  const sorted = [...values].sort((a, b) => a.comparedTo(b));
  if (sorted.length === 0) return ZERO;
  const at = q.times(sorted.length - 1);
  const low = sorted[at.floor().toNumber()] ?? NAN;
  const high = sorted[at.ceil().toNumber()] ?? NAN;
  return low.plus(high.minus(low).times(at.minus(at.floor())));
}

export interface DecimalValues {
  readonly params: ReadonlyMap<string, Decimal>;
  readonly inputs: ReadonlyMap<string, readonly Decimal[]>;
  /** What a name is at one element, in the place of what it would be. */
  readonly override?: { readonly of: Expr; readonly element: number; readonly value: Decimal };
}

type Values = readonly Decimal[];

/** The value of each expression at each element of its level. */
export function evaluateDecimal(
  exprs: readonly Expr[],
  ragged: Ragged,
  given: DecimalValues,
): readonly Values[] {
  const graph = intern(given.override === undefined ? exprs : [...exprs, given.override.of]);
  const overridden = given.override === undefined ? undefined : graph.roots[graph.roots.length - 1];
  const results = new Map<Expr, Values>();
  const read = (expr: Expr, at: IndexLevel): Values => {
    const own = results.get(expr);
    if (own === undefined) throw new Error('operand evaluated after its use');
    const places = ancestors(ragged, at, expr.type.level);
    return Array.from(places, (place) => own[place] ?? NAN);
  };
  for (const node of graph.nodes) {
    const values = valueOf(node, ragged, given, read);
    const { override } = given;
    results.set(
      node,
      node === overridden && override !== undefined
        ? values.map((one, at) => (at === override.element ? override.value : one))
        : values,
    );
  }
  return graph.roots.slice(0, exprs.length).map((root) => results.get(root) ?? []);
}

function valueOf(
  node: Expr,
  ragged: Ragged,
  given: DecimalValues,
  read: (expr: Expr, at: IndexLevel) => Values,
): Values {
  const { level } = node.type;
  if (isUnary(node)) return read(node.x, level).map(UNARY[node.op]);
  if (isBinary(node)) {
    const y = read(node.y, level);
    return read(node.x, level).map((one, at) => BINARY[node.op](one, y[at] ?? NAN));
  }
  if (isTernary(node)) {
    const [y, z] = [read(node.y, level), read(node.z, level)];
    return read(node.x, level).map((one, at) => {
      const [second, third] = [y[at] ?? NAN, z[at] ?? NAN];
      if (node.op === 'select') return one.isZero() ? third : second;
      if (one.isNaN() || second.isNaN() || third.isNaN()) return NAN;
      return one.lt(second) ? second : one.gt(third) ? third : one;
    });
  }
  switch (node.op) {
    case 'const':
      return [decimal(node.value.n.toString()).times(node.value.s.toString()).div(node.value.d.toString())];
    case 'inf':
      return [decimal(node.negative ? -Infinity : Infinity)];
    case 'pi':
      return [Decimal.acos(-1)];
    case 'bool':
      return [bit(node.value)];
    case 'input': {
      if (node.role === 'param') return [given.params.get(node.name) ?? NAN];
      return given.inputs.get(node.name) ?? [];
    }
    case 'named':
      return read(node.x, level);
    case 'reduce':
    case 'attains': {
      const x = read(node.x, node.from);
      const members: number[][] = Array.from({ length: sizeOf(ragged, node.to) }, () => []);
      const kept = node.where === undefined ? undefined : read(node.where, node.from);
      ancestors(ragged, node.from, node.to).forEach((outer, at) => {
        if (kept?.[at]?.isZero() !== true) members[outer]?.push(at);
      });
      if (node.op === 'attains') {
        const result = x.map(() => ZERO);
        for (const all of members) {
          const best = extreme(
            all.map((at) => x[at] ?? NAN),
            node.extreme,
            node.extreme === 'max' ? -Infinity : Infinity,
          );
          const winner = all.find((at) => x[at]?.eq(best) === true);
          if (winner !== undefined) result[winner] = ONE;
        }
        return result;
      }
      const anchor = node.anchor === undefined ? undefined : read(node.anchor, node.to);
      const q = node.q === undefined ? undefined : read(node.q, node.to);
      return members.map((all, outer) => {
        const values = all.map((at) => x[at] ?? NAN);
        if (node.reduce === 'quantile') return quantile(values, q?.[outer] ?? NAN);
        return REDUCE[node.reduce](anchor === undefined ? values : [...values, anchor[outer] ?? NAN]);
      });
    }
    case 'swap': {
      const x = read(node.x, 'peer');
      return Array.from(peersOf(ragged).opposite, (at) => x[at] ?? NAN);
    }
    case 'scan': {
      const [x, gamma] = [
        read(node.x, 'token'),
        node.gamma === undefined ? undefined : read(node.gamma, 'token'),
      ];
      const step = node.direction === 'forward' ? 1 : -1;
      const result = [...x];
      for (let n = 0; n < x.length; n += 1) {
        const at = step === 1 ? n : x.length - 1 - n;
        if (ragged.rolloutOfToken[at] === ragged.rolloutOfToken[at - step])
          result[at] = (x[at] ?? NAN).plus((gamma?.[at] ?? ONE).times(result[at - step] ?? NAN));
      }
      return result;
    }
    case 'shift': {
      const [x, fill] = [read(node.x, 'token'), read(node.fill, 'token')];
      return x.map(
        (_, at) =>
          (ragged.rolloutOfToken[at - node.by] === ragged.rolloutOfToken[at] ? x[at - node.by] : fill[at]) ??
          NAN,
      );
    }
  }
}
