/** Comparisons, connectives and the functions that choose. What is not chosen receives no adjoint. */
import { closed, hull, maximum, minimum } from '../../base/interval.js';
import { and, ge, gt, le, lt, not } from '../build.js';
import {
  PRECEDENCE,
  type AttainsRecord,
  type BinaryRecord,
  type Notation,
  type TernaryRecord,
  type UnaryRecord,
} from '../op.js';

const TRUTH = closed(0, 1);
const truth = (value: boolean): number => (value ? 1 : 0);

const condition = (
  symbol: string,
  latex: string,
  precedence: number,
  associative: boolean,
  evaluate: (x: number, y: number) => boolean,
): BinaryRecord => ({
  notation: { form: 'infix', symbol, latex, precedence, associative },
  eval: (x, y) => truth(evaluate(x, y)),
  range: () => TRUTH,
  vjp: () => [],
});

/** Every comparison with NaN is false, but `!=`, which is true. */
export const lessThan = condition('<', '<', PRECEDENCE.compare, false, (x, y) => x < y);
export const atMost = condition('<=', String.raw`\le`, PRECEDENCE.compare, false, (x, y) => x <= y);
export const greaterThan = condition('>', '>', PRECEDENCE.compare, false, (x, y) => x > y);
export const atLeast = condition('>=', String.raw`\ge`, PRECEDENCE.compare, false, (x, y) => x >= y);
export const equal = condition('==', '=', PRECEDENCE.compare, false, (x, y) => x === y);
export const unequal = condition('!=', String.raw`\ne`, PRECEDENCE.compare, false, (x, y) => x !== y);
export const conjunction = condition(
  'and',
  String.raw`\land`,
  PRECEDENCE.and,
  true,
  (x, y) => x === 1 && y === 1,
);
export const disjunction = condition(
  'or',
  String.raw`\lor`,
  PRECEDENCE.or,
  true,
  (x, y) => x === 1 || y === 1,
);

export const complement: UnaryRecord = {
  notation: { form: 'prefix', symbol: 'not', latex: String.raw`\lnot`, precedence: PRECEDENCE.not },
  eval: (x) => 1 - x,
  range: () => TRUTH,
  direction: 'decreasing',
  vjp: () => [],
};

const called = (name: string, latex: string): Notation => ({ form: 'function', name, latex });

/** At a tie the first argument takes the derivative. */
export const lesser: BinaryRecord = {
  notation: called('min', String.raw`\min`),
  eval: Math.min,
  range: minimum,
  vjp: (adjoint, { x, y }) => [
    { to: x, value: adjoint, guard: le(x, y) },
    { to: y, value: adjoint, guard: not(le(x, y)) },
  ],
};
export const greater: BinaryRecord = {
  notation: called('max', String.raw`\max`),
  eval: Math.max,
  range: maximum,
  vjp: (adjoint, { x, y }) => [
    { to: x, value: adjoint, guard: ge(x, y) },
    { to: y, value: adjoint, guard: not(ge(x, y)) },
  ],
};

/** `low` below `low`, else `high` above `high`; passes the derivative at both ends. NaN in any argument goes through. */
export const clipped: TernaryRecord = {
  notation: called('clip', String.raw`\operatorname{clip}`),
  eval: (x, low, high) =>
    Number.isNaN(low) || Number.isNaN(high) ? NaN : x < low ? low : x > high ? high : x,
  // Two forms of the same where the bounds are in order; where they cross, each gives the bound that the other hides.
  range: (x, low, high) => hull(maximum(low, minimum(high, x)), minimum(high, maximum(low, x))),
  vjp: (adjoint, { x, y: low, z: high }) => [
    { to: x, value: adjoint, guard: and(ge(x, low), le(x, high)) },
    { to: low, value: adjoint, guard: lt(x, low) },
    { to: high, value: adjoint, guard: and(not(lt(x, low)), gt(x, high)) },
  ],
};

export const selection: TernaryRecord = {
  notation: called('if', 'if'),
  eval: (x, y, z) => (x === 1 ? y : z),
  range: (_, y, z) => hull(y, z),
  vjp: (adjoint, { x, y, z }) => [
    { to: y, value: adjoint, guard: x },
    { to: z, value: adjoint, guard: not(x) },
  ],
};

/** The largest element; −∞ of none; NaN if any is. */
export const largest = (elements: readonly number[]): number =>
  elements.reduce((best, one) => Math.max(best, one), -Infinity);
/** The smallest element; +∞ of none; NaN if any is. */
export const smallest = (elements: readonly number[]): number =>
  elements.reduce((best, one) => Math.min(best, one), Infinity);

export const attainment: AttainsRecord = {
  position: (extreme, elements) => {
    const best = extreme === 'max' ? largest(elements) : smallest(elements);
    return elements.findIndex((one) => one === best || (Number.isNaN(one) && Number.isNaN(best)));
  },
};
