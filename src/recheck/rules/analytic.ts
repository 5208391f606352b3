/**
 * `analytic`: closes a branch of a `nowhere zero` statement. Where the context holds, the term is one smooth formula, and its
 * derivative is not 0 where it is 0 itself: its zeros are isolated there, and so countably many.
 */
import { extended, holdsPlainly, type Context } from '../context.js';
import { definedness, derivative, postOrder } from '../derivative.js';
import { demand } from '../rejection.js';
import * as t from '../term.js';
import type { Term } from '../term.js';
import { CONTRADICTION, type Rule } from './rule.js';

export const analytic: Rule = ({ node, where, context, goal, check }) => {
  demand(goal.kind === 'nowhere zero', where, 'only a `nowhere zero` statement is closed so');
  if (goal.kind !== 'nowhere zero') return undefined;
  const formula = resolved(goal.term, context);
  for (const one of postOrder(formula)) {
    demand(one.op !== 'select', where, 'the context does not decide every condition of the term');
    const needed = definedness(one);
    const isKnown = needed === undefined || holdsPlainly(context, needed);
    demand(isKnown, where, `the context does not say that ${t.shown(needed ?? one)}`);
  }
  const slope = derivative(formula, goal.variable);
  const atZero = extended(context, t.literal('==', formula), t.literal('==', slope));
  check(node['by'], atZero, CONTRADICTION, `${where}.by`);
  return undefined;
};

/** The term with every selection replaced that the context decides. */
export function resolved(term: Term, context: Context): Term {
  const of = (one: Term): Term => resolved(one, context);
  switch (term.op) {
    case 'number':
    case 'pi':
    case 'variable':
      return term;
    case 'sum':
    case 'product':
      return { ...term, of: term.of.map(of) };
    case 'power':
      return { ...term, base: of(term.base) };
    case 'exp':
    case 'log':
      return { ...term, x: of(term.x) };
    case 'select': {
      const truth = context.normal.truthOf(term.if);
      if (truth !== undefined) return of(truth ? term.then : term.else);
      return { ...term, then: of(term.then), else: of(term.else) };
    }
  }
}
