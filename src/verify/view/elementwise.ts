/** Elementwise ops as terms and conditions: what `docs/certificates.md` writes them with. */
import * as build from '../../proof/build.js';
import { ratio } from '../../proof/rational.js';
import type { Rational } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';
import type { BinaryOp, Const, Expr, UnaryOp } from '../../ir/expr.js';

export const rationalOf = ({ value }: Const): Rational => ratio(value.s * value.n, value.d);

const { above, atLeast, difference, exp, log, negated, number, one, power, product, quotient, select, sum } =
  build;
const two = number(2);

/** 1/(1 + e^−x) */
export const sigmoid = (x: Term): Term => power(sum(one, exp(negated(x))), -1);
export const minimum = (x: Term, y: Term): Term => select(atLeast(y, x), x, y);
export const maximum = (x: Term, y: Term): Term => select(atLeast(x, y), x, y);
export const clipped = (x: Term, low: Term | undefined, high: Term | undefined): Term => {
  const capped = high === undefined ? x : select(above(x, high), high, x);
  return low === undefined ? capped : select(above(low, x), low, capped);
};

export function unaryTerm(op: UnaryOp, x: Term): Term {
  switch (op) {
    case 'neg':
      return negated(x);
    case 'exp':
      return exp(x);
    case 'expm1':
      return difference(exp(x), one);
    case 'log':
      return log(x);
    case 'log1p':
      return log(sum(one, x));
    case 'sqrt':
      return power(x, ratio(1n, 2n));
    case 'abs':
      return select(atLeast(x, build.zero), x, negated(x));
    case 'sign':
      return select(above(x, build.zero), one, select(build.equal(x, build.zero), build.zero, number(-1)));
    case 'sigmoid':
      return sigmoid(x);
    case 'softplus':
      return log(sum(one, exp(x)));
    case 'tanh':
      return difference(one, quotient(two, sum(one, exp(product(two, x)))));
    case 'stop':
      return x;
    case 'not':
      throw new Error('internal: a condition is no term');
  }
}

/** Of two finite operands; min and max are `minimum` and `maximum`. */
export function binaryTerm(op: BinaryOp, x: Term, y: Term): Term {
  switch (op) {
    case 'add':
      return sum(x, y);
    case 'sub':
      return difference(x, y);
    case 'mul':
      return product(x, y);
    case 'div':
      return quotient(x, y);
    case 'pow':
      return y.op === 'number' ? power(x, y.value) : exp(product(y, log(x)));
    case 'min':
      return minimum(x, y);
    case 'max':
      return maximum(x, y);
    default:
      throw new Error(`internal: ${op} makes no number`);
  }
}

export type Comparison = 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne';
export const isComparison = (op: Expr['op']): op is Comparison =>
  op === 'lt' || op === 'le' || op === 'gt' || op === 'ge' || op === 'eq' || op === 'ne';

export function compared(op: Comparison, x: Term, y: Term): Condition {
  switch (op) {
    case 'lt':
      return above(y, x);
    case 'le':
      return atLeast(y, x);
    case 'gt':
      return above(x, y);
    case 'ge':
      return atLeast(x, y);
    case 'eq':
      return build.equal(x, y);
    case 'ne':
      return build.different(x, y);
  }
}

/** −1, 0 or 1: a number is 0, an infinity its sign. */
export type Infinite = -1 | 0 | 1;

/** A comparison in which a side is infinite; x and y as `Infinite`. */
export const comparedInfinite = (op: Comparison, x: Infinite, y: Infinite): Condition =>
  compared(op, number(x), number(y));

export const same = (x: Condition, y: Condition): Condition =>
  build.or(build.and(x, y), build.and(build.not(x), build.not(y)));

/** How far an expression is infinite where it stands: only literals are. */
export function infinityOf(expr: Expr): Infinite {
  if (expr.op === 'inf') return expr.negative ? -1 : 1;
  if (expr.op === 'neg') return -infinityOf(expr.x) as Infinite;
  return expr.op === 'named' || expr.op === 'stop' ? infinityOf(expr.x) : 0;
}
