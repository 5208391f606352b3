/** Putting terms in place of variables, and decided branches in place of selections. */
import * as build from '../../proof/build.js';
import type { Condition, Term } from '../../proof/term.js';
import { hasSelect, variablesOf, type Part } from './walk.js';

/** Puts terms for variables, all at once. */
export function substitute(term: Term, values: ReadonlyMap<string, Term>): Term {
  return rewriter(
    (name) => values.get(name),
    undefined,
    (part) => touches(part, values),
  ).term(term);
}
export function substituteIn(condition: Condition, values: ReadonlyMap<string, Term>): Condition {
  return rewriter(
    (name) => values.get(name),
    undefined,
    (part) => touches(part, values),
  ).condition(condition);
}
function touches(part: Part, values: ReadonlyMap<string, Term>): boolean {
  for (const name of variablesOf(part)) if (values.has(name)) return true;
  return false;
}

export type Decide = (condition: Condition) => boolean | undefined;
/** Resolves selections whose condition is decided, innermost first. */
export const resolver = (
  decide: Decide,
): { readonly term: (term: Term) => Term; readonly condition: (condition: Condition) => Condition } =>
  rewriter(() => undefined, decide, hasSelect);

interface Rewriter {
  readonly term: (term: Term) => Term;
  readonly condition: (condition: Condition) => Condition;
}

/** Shares what is shared; gives a part back as it is where nothing in it changes. */
function rewriter(
  valueOf: (name: string) => Term | undefined,
  decide: Decide | undefined,
  concerns: (part: Part) => boolean,
): Rewriter {
  const terms = new Map<Term, Term>();
  const conditions = new Map<Condition, Condition>();
  const term = (one: Term): Term => {
    if (!concerns(one)) return one;
    const known = terms.get(one);
    if (known !== undefined) return known;
    const made = rewritten(one);
    terms.set(one, made);
    return made;
  };
  const rewritten = (one: Term): Term => {
    switch (one.op) {
      case 'number':
      case 'pi':
        return one;
      case 'variable':
        return valueOf(one.name) ?? one;
      case 'sum':
        return build.sum(...one.terms.map(term));
      case 'product':
        return build.product(...one.factors.map(term));
      case 'power':
        return build.power(term(one.base), one.exponent);
      case 'exp':
        return build.exp(term(one.x));
      case 'log':
        return build.log(term(one.x));
      case 'select':
        return selected(one);
    }
  };
  const selected = (one: Extract<Term, { readonly op: 'select' }>): Term => {
    const test = condition(one.if);
    const decided = test.op === 'boolean' ? test.value : decide?.(test);
    if (decided !== undefined) return term(decided ? one.then : one.else);
    return build.select(test, term(one.then), term(one.else));
  };
  const condition = (one: Condition): Condition => {
    if (!concerns(one)) return one;
    const known = conditions.get(one);
    if (known !== undefined) return known;
    const made = remade(one);
    conditions.set(one, made);
    return made;
  };
  const remade = (one: Condition): Condition => {
    switch (one.op) {
      case 'boolean':
      case 'flag':
        return one;
      case 'not':
        return build.not(condition(one.x));
      case 'and':
        return build.and(...one.all.map(condition));
      case 'or':
        return build.or(...one.any.map(condition));
      case '>=':
      case '>':
      case '==':
      case '!=':
        return build.literal(one.op, term(one.x));
    }
  };
  return { term, condition };
}
