/** Constructors of terms and conditions. They flatten and fold constants; nothing that needs to know what is positive. */
import {
  ONE,
  ZERO,
  MINUS_ONE,
  equals,
  isWhole,
  isZero,
  plus,
  power as raised,
  signOf,
  times,
  whole,
} from './rational.js';
import type { Rational } from './rational.js';
import type { Condition, Literal, Relation, Term } from './term.js';

export const number = (value: Rational | number): Term => ({
  op: 'number',
  value: typeof value === 'number' ? whole(value) : value,
});
export const zero = number(0);
export const one = number(1);
export const pi: Term = { op: 'pi' };
export const variable = (name: string): Term => ({ op: 'variable', name });

export function sum(...terms: readonly Term[]): Term {
  let constant = ZERO;
  const rest: Term[] = [];
  const add = (term: Term): void => {
    if (term.op === 'number') constant = constant === ZERO ? term.value : plus(constant, term.value);
    else rest.push(term);
  };
  for (const term of terms)
    if (term.op === 'sum') term.terms.forEach(add);
    else add(term);
  const all = isZero(constant) ? rest : [...rest, number(constant)];
  const [first] = all;
  return first === undefined ? zero : all.length === 1 ? first : { op: 'sum', terms: all };
}

export function product(...factors: readonly Term[]): Term {
  let constant = ONE;
  const rest: Term[] = [];
  const add = (factor: Term): void => {
    if (factor.op === 'number') constant = constant === ONE ? factor.value : times(constant, factor.value);
    else rest.push(factor);
  };
  for (const factor of factors)
    if (factor.op === 'product') factor.factors.forEach(add);
    else add(factor);
  if (isZero(constant)) return zero;
  const all = equals(constant, ONE) ? rest : [number(constant), ...rest];
  const [first] = all;
  return first === undefined ? one : all.length === 1 ? first : { op: 'product', factors: all };
}

/** `base ^ exponent`; the power 0 is 1, as in the language. */
export function power(base: Term, exponent: Rational | number): Term {
  const q = typeof exponent === 'number' ? whole(exponent) : exponent;
  if (isZero(q)) return one;
  if (equals(q, ONE)) return base;
  if (base.op === 'number' && isWhole(q) && (signOf(q) > 0 || !isZero(base.value)))
    return number(raised(base.value, Number(q.n)));
  return { op: 'power', base, exponent: q };
}
export const negated = (x: Term): Term => product(number(MINUS_ONE), x);
export const difference = (x: Term, y: Term): Term => sum(x, negated(y));
export const quotient = (x: Term, y: Term): Term => product(x, power(y, -1));
export const exp = (x: Term): Term => (x.op === 'number' && isZero(x.value) ? one : { op: 'exp', x });
export const log = (x: Term): Term => (x.op === 'number' && equals(x.value, ONE) ? zero : { op: 'log', x });
export function select(condition: Condition, then: Term, otherwise: Term): Term {
  if (condition.op === 'boolean') return condition.value ? then : otherwise;
  return then === otherwise ? then : { op: 'select', if: condition, then, else: otherwise };
}

export const truth = (value: boolean): Condition => ({ op: 'boolean', value });
export const flag = (name: string): Condition => ({ op: 'flag', name });

/** How a term stands to 0; decided where it is a number. */
export function literal(op: Relation, x: Term): Condition {
  return x.op === 'number' ? truth(standsSo(op, x.value)) : { op, x };
}
export function standsSo(op: Relation, value: Rational): boolean {
  const sign = signOf(value);
  switch (op) {
    case '>=':
      return sign >= 0;
    case '>':
      return sign > 0;
    case '==':
      return sign === 0;
    case '!=':
      return sign !== 0;
  }
}
export const atLeast = (x: Term, y: Term): Condition => literal('>=', difference(x, y));
export const above = (x: Term, y: Term): Condition => literal('>', difference(x, y));
export const equal = (x: Term, y: Term): Condition => literal('==', difference(x, y));
export const different = (x: Term, y: Term): Condition => literal('!=', difference(x, y));

export function not(x: Condition): Condition {
  switch (x.op) {
    case 'boolean':
      return truth(!x.value);
    case 'not':
      return x.x;
    case 'and':
      return or(...x.all.map(not));
    case 'or':
      return and(...x.any.map(not));
    case 'flag':
      return { op: 'not', x };
    case '>=':
      return literal('>', negated(x.x));
    case '>':
      return literal('>=', negated(x.x));
    case '==':
      return literal('!=', x.x);
    case '!=':
      return literal('==', x.x);
  }
}
export function and(...all: readonly Condition[]): Condition {
  const flat = all.flatMap((one) => (one.op === 'and' ? one.all : [one]));
  if (flat.some((one) => one.op === 'boolean' && !one.value)) return truth(false);
  const rest = flat.filter((one) => one.op !== 'boolean');
  const [first] = rest;
  return first === undefined ? truth(true) : rest.length === 1 ? first : { op: 'and', all: rest };
}
export function or(...any: readonly Condition[]): Condition {
  const flat = any.flatMap((one) => (one.op === 'or' ? one.any : [one]));
  if (flat.some((one) => one.op === 'boolean' && one.value)) return truth(true);
  const rest = flat.filter((one) => one.op !== 'boolean');
  const [first] = rest;
  return first === undefined ? truth(false) : rest.length === 1 ? first : { op: 'or', any: rest };
}
export const isLiteral = (condition: Condition): condition is Literal =>
  condition.op === '>=' || condition.op === '>' || condition.op === '==' || condition.op === '!=';
