/** What is left of a term where conditions are known to hold. */
import * as build from '../../proof/build.js';
import type { Condition, Term } from '../../proof/term.js';
import { keyOf } from '../../proof/key.js';

/** Every condition that is equal to one of `known`, or to its negation, is decided; selections by them are resolved. */
export function assuming(term: Term, known: readonly Condition[]): Term {
  const truths = new Map<string, boolean>();
  for (const one of known) {
    truths.set(keyOf(one), true);
    truths.set(keyOf(build.not(one)), false);
  }
  if (truths.size === 0) return term;
  const terms = new Map<Term, Term>();

  function inTerm(one: Term): Term {
    const done = terms.get(one);
    if (done !== undefined) return done;
    const result = rebuilt(one);
    terms.set(one, result);
    return result;
  }
  function rebuilt(one: Term): Term {
    switch (one.op) {
      case 'number':
      case 'pi':
      case 'variable':
        return one;
      case 'sum':
        return build.sum(...one.terms.map(inTerm));
      case 'product':
        return build.product(...one.factors.map(inTerm));
      case 'power':
        return build.power(inTerm(one.base), one.exponent);
      case 'exp':
        return build.exp(inTerm(one.x));
      case 'log':
        return build.log(inTerm(one.x));
      case 'select':
        return build.select(inCondition(one.if), inTerm(one.then), inTerm(one.else));
    }
  }
  function inCondition(one: Condition): Condition {
    const known = truths.get(keyOf(one));
    if (known !== undefined) return build.truth(known);
    switch (one.op) {
      case 'boolean':
      case 'flag':
        return one;
      case 'not':
        return build.not(inCondition(one.x));
      case 'and':
        return build.and(...one.all.map(inCondition));
      case 'or':
        return build.or(...one.any.map(inCondition));
      default:
        return build.literal(one.op, inTerm(one.x));
    }
  }
  return inTerm(term);
}
