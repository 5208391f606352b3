/** The derivative of a term in one variable, selections branch by branch. */
import * as build from '../../proof/build.js';
import { minus, ONE } from '../../proof/rational.js';
import type { Term } from '../../proof/term.js';
import { mentions } from './walk.js';

/** What the derivative is where `term` has one; nothing is said of where that is. */
export function derivative(term: Term, name: string): Term {
  const known = new Map<Term, Term>();
  const of = (one: Term): Term => {
    if (!mentions(one, name)) return build.zero;
    const found = known.get(one);
    if (found !== undefined) return found;
    const made = derived(one, of);
    known.set(one, made);
    return made;
  };
  return of(term);
}

function derived(term: Term, of: (term: Term) => Term): Term {
  switch (term.op) {
    case 'number':
    case 'pi':
      return build.zero;
    case 'variable':
      return build.one;
    case 'sum':
      return build.sum(...term.terms.map(of));
    case 'product':
      return build.sum(
        ...term.factors.map((factor, at) =>
          build.product(of(factor), ...term.factors.filter((_, other) => other !== at)),
        ),
      );
    case 'power': {
      const lower = build.power(term.base, minus(term.exponent, ONE));
      return build.product(build.number(term.exponent), lower, of(term.base));
    }
    case 'exp':
      return build.product(term, of(term.x));
    case 'log':
      return build.quotient(of(term.x), term.x);
    case 'select':
      return build.select(term.if, of(term.then), of(term.else));
  }
}
