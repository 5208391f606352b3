/**
 * Values of a concrete batch: terms, the two infinities that comparisons may meet, or none at all (the logarithm of what is
 * not positive, a division by 0). What is decided is folded, so that a selection leaves one branch where it can.
 */
import * as b from '../../proof/build.js';
import { signOf } from '../../proof/rational.js';
import type { Condition, Literal, Term } from '../../proof/term.js';
import {
  BINARY,
  COMPARISONS,
  DEFINED,
  UNARY,
  clip,
  type Comparison,
  type RealBinary,
  type RealUnary,
} from './elementwise.js';

export type Value = Term | 'inf' | '-inf' | undefined;
/** Nothing where a value that is compared has none. */
export type Truth = Condition | undefined;

/** Decides a literal of constants, where it can. */
export type Decide = (literal: Literal) => boolean | undefined;

export interface Extended {
  readonly unary: (op: RealUnary, x: Value) => Value;
  readonly binary: (op: RealBinary, x: Value, y: Value) => Value;
  readonly clip: (x: Value, low: Value, high: Value) => Value;
  readonly compare: (op: Comparison, x: Value, y: Value) => Truth;
  readonly select: (condition: Truth, y: Value, z: Value) => Value;
  readonly choose: (condition: Truth, y: Truth, z: Truth) => Truth;
}

const isTerm = (value: Value): value is Term => typeof value === 'object';
const infinite = (value: Value): value is 'inf' | '-inf' => typeof value === 'string';
const flipped = (value: 'inf' | '-inf'): 'inf' | '-inf' => (value === 'inf' ? '-inf' : 'inf');

/** Arithmetic that decides conditions of constants by `decide`. */
export function extended(decide: Decide): Extended {
  const settled = (condition: Condition): Condition => settle(condition, decide);
  /** Nothing where the operation is known to have no value. */
  const defined = (op: RealUnary | RealBinary, x: Term, y: Term): boolean => {
    const needed = DEFINED[op]?.(x, y);
    if (needed === undefined) return true;
    const known = settled(b.literal(needed.op, needed.x));
    return known.op !== 'boolean' || known.value;
  };
  const select = (condition: Truth, y: Value, z: Value): Value => {
    if (condition === undefined) return undefined;
    const known = settled(condition);
    if (known.op === 'boolean') return known.value ? y : z;
    return isTerm(y) && isTerm(z) ? b.select(known, y, z) : y === z ? y : undefined;
  };
  const resolved = (term: Term): Term =>
    term.op === 'select' ? (select(term.if, resolved(term.then), resolved(term.else)) as Term) : term;
  const compare = (op: Comparison, x: Value, y: Value): Truth => {
    if (isTerm(x) && isTerm(y))
      return x === y ? COMPARISONS[op](b.zero, b.zero) : settled(COMPARISONS[op](x, y));
    if (x === undefined || y === undefined) return undefined;
    const order = (value: Value): number => (value === 'inf' ? 1 : value === '-inf' ? -1 : 0);
    return COMPARISONS[op](b.number(order(x)), b.number(order(y)));
  };
  const binary = (op: RealBinary, x: Value, y: Value): Value => {
    if (isTerm(x) && isTerm(y)) return defined(op, x, y) ? resolved(BINARY[op](x, y)) : undefined;
    if (x === undefined || y === undefined) return undefined;
    if (op === 'min') return select(compare('le', x, y), x, y);
    if (op === 'max') return select(compare('ge', x, y), x, y);
    return infinitely(op, x, y);
  };
  return {
    unary: (op, x) => {
      if (isTerm(x)) return defined(op, x, x) ? resolved(UNARY[op](x)) : undefined;
      return x === undefined ? undefined : unaryOfInfinity(op, x);
    },
    binary,
    clip: (x, low, high) => {
      if (isTerm(x) && isTerm(low) && isTerm(high)) return resolved(clip(x, low, high));
      if (low === undefined || high === undefined) return undefined;
      return select(compare('lt', x, low), low, select(compare('gt', x, high), high, x));
    },
    compare,
    select,
    choose: (condition, y, z) =>
      condition === undefined || y === undefined || z === undefined
        ? undefined
        : settled(b.or(b.and(condition, y), b.and(b.not(condition), z))),
  };
}

/** Decides what it can of a condition, innermost first. */
export function settle(condition: Condition, decide: Decide): Condition {
  switch (condition.op) {
    case 'boolean':
    case 'flag':
      return condition;
    case 'not':
      return b.not(settle(condition.x, decide));
    case 'and':
      return b.and(...condition.all.map((one) => settle(one, decide)));
    case 'or':
      return b.or(...condition.any.map((one) => settle(one, decide)));
    default: {
      const known = decide(condition);
      return known === undefined ? condition : b.truth(known);
    }
  }
}

/** ±∞ with a finite number or with another infinity; nothing where that has no value, or is no business of ours. */
function infinitely(op: RealBinary, x: Value, y: Value): Value {
  if (op === 'sub') return infinite(y) ? infinitely('add', x, flipped(y)) : infinitely('add', x, y);
  if (op === 'add') return !infinite(x) ? y : !infinite(y) || x === y ? x : undefined;
  const [at, by] = infinite(x) ? [x, y] : [y, x];
  if (op !== 'mul' || !infinite(at) || !isTerm(by) || by.op !== 'number') return undefined;
  const sign = signOf(by.value);
  return sign === 0 ? undefined : sign > 0 ? at : flipped(at);
}

function unaryOfInfinity(op: RealUnary, x: 'inf' | '-inf'): Value {
  const rising = x === 'inf';
  switch (op) {
    case 'neg':
      return flipped(x);
    case 'stop':
      return x;
    case 'abs':
      return 'inf';
    case 'exp':
    case 'softplus':
      return rising ? 'inf' : b.zero;
    case 'sigmoid':
      return rising ? b.one : b.zero;
    case 'expm1':
      return rising ? 'inf' : b.number(-1);
    case 'tanh':
    case 'sign':
      return b.number(rising ? 1 : -1);
    case 'log':
    case 'log1p':
    case 'sqrt':
      return rising ? 'inf' : undefined;
  }
}
