/** The derivative of a term in one variable, branch by branch, and what has to hold for it to be the true one. */
import { isWhole, minus, sign, ONE } from './rational.js';
import * as t from './term.js';
import { type Condition, type Literal, type Term } from './term.js';
import { mentions } from './variables.js';

export function derivative(term: Term, variable: string): Term {
  if (!mentions(term, variable)) return t.zero;
  const of = (one: Term): Term => derivative(one, variable);
  switch (term.op) {
    case 'number':
    case 'pi':
      return t.zero;
    case 'variable':
      return t.one;
    case 'sum':
      return t.sum(...term.of.filter((one) => mentions(one, variable)).map(of));
    case 'product':
      return t.sum(
        ...term.of.flatMap((factor, at) =>
          mentions(factor, variable)
            ? [t.product(of(factor), ...term.of.filter((_, other) => other !== at))]
            : [],
        ),
      );
    case 'power': {
      const slope = t.product(t.number(term.exponent), t.power(term.base, minus(term.exponent, ONE)));
      return sign(term.exponent) === 0 ? t.zero : t.product(slope, of(term.base));
    }
    case 'exp':
      return t.product(term, of(term.x));
    case 'log':
      return t.quotient(of(term.x), term.x);
    case 'select':
      return t.select(term.if, of(term.then), of(term.else));
  }
}

/** A place where a term might have no value, or no derivative, and what rules that out. */
export const definedness = (term: Term): Literal | undefined => {
  if (term.op === 'log') return { op: '>', x: term.x };
  if (term.op !== 'power') return undefined;
  if (!isWhole(term.exponent)) return { op: '>', x: term.base };
  return sign(term.exponent) < 0 ? { op: '!=', x: term.base } : undefined;
};

/** Every sub-term in post-order: operands before what is made of them, conditions before branches. */
export function* postOrder(term: Term): Generator<Term, void, undefined> {
  switch (term.op) {
    case 'sum':
    case 'product':
      for (const one of term.of) yield* postOrder(one);
      break;
    case 'power':
      yield* postOrder(term.base);
      break;
    case 'exp':
    case 'log':
      yield* postOrder(term.x);
      break;
    case 'select':
      for (const one of literalsIn(term.if)) yield* postOrder(one.x);
      yield* postOrder(term.then);
      yield* postOrder(term.else);
      break;
    case 'number':
    case 'pi':
    case 'variable':
      break;
  }
  yield term;
}

export function* literalsIn(condition: Condition): Generator<Literal, void, undefined> {
  switch (condition.op) {
    case 'boolean':
    case 'flag':
      return;
    case 'not':
      yield* literalsIn(condition.x);
      return;
    case 'and':
    case 'or':
      for (const one of condition.of) yield* literalsIn(one);
      return;
    default:
      yield condition;
  }
}

/** What makes each operation of a term defined and smooth, in post-order. */
export const definednessOf = (term: Term): readonly Literal[] =>
  [...postOrder(term)].flatMap((one) => {
    const needed = definedness(one);
    return needed === undefined ? [] : [needed];
  });
