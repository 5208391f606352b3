/** Putting terms in place of variables, and decided branches in place of selections. */
import * as build from '../../proof/build.js';
import { ONE, plus, type Rational } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';
import { keyOf } from '../../proof/key.js';
import { hasSelect, sizeOf, variablesOf, type Part } from './walk.js';

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

/** Puts terms for others wherever they stand, outermost first. */
export const rewritten = (condition: Condition, change: (term: Term) => Term | undefined): Condition =>
  rewriter(
    () => undefined,
    undefined,
    () => true,
    change,
  ).condition(condition);

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
  change: (term: Term) => Term | undefined = () => undefined,
): Rewriter {
  const terms = new Map<Term, Term>();
  const conditions = new Map<Condition, Condition>();
  const term = (one: Term): Term => {
    if (!concerns(one)) return one;
    const known = terms.get(one);
    if (known !== undefined) return known;
    const made = change(one) ?? remadeTerm(one);
    terms.set(one, made);
    return made;
  };
  const remadeTerm = (one: Term): Term => {
    switch (one.op) {
      case 'number':
      case 'pi':
        return one;
      case 'variable':
        return valueOf(one.name) ?? one;
      case 'sum':
        return all(one, one.terms, term, summed);
      case 'product':
        return all(one, one.factors, term, build.product);
      case 'power':
        return all(one, [one.base], term, (base = one.base) => build.power(base, one.exponent));
      case 'exp':
        return all(one, [one.x], term, (x = one.x) => build.exp(x));
      case 'log':
        return all(one, [one.x], term, (x = one.x) => build.log(x));
      case 'select':
        return selected(one);
    }
  };
  const selected = (one: Extract<Term, { readonly op: 'select' }>): Term => {
    const test = condition(one.if);
    const decided = test.op === 'boolean' ? test.value : decide?.(test);
    if (decided !== undefined) return term(decided ? one.then : one.else);
    const make = (then = one.then, otherwise = one.else): Term => build.select(test, then, otherwise);
    const made = all(one, [one.then, one.else], term, make);
    return made === one && test !== one.if ? make() : made;
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
        return all(one, [one.x], condition, (x = one.x) => build.not(x));
      case 'and':
        return all(one, one.all, condition, build.and);
      case 'or':
        return all(one, one.any, condition, build.or);
      case '>=':
      case '>':
      case '==':
      case '!=':
        return all(one, [one.x], term, (x = one.x) => build.literal(one.op, x));
    }
  };
  return { term, condition };
}

/** A sum in which what is put in takes away what is there already, of short summands. */
function summed(...terms: readonly Term[]): Term {
  const plain = build.sum(...terms);
  const parts = (plain.op === 'sum' ? plain.terms : [plain]).flatMap(multiplied);
  const found = new Map<string, { readonly of: Term; by: Rational }>();
  let isShorter = false;
  for (const part of parts) {
    const [by, of] = scaledBy(part);
    const key = sizeOf(of) > SHORT ? undefined : keyOf(of);
    const known = key === undefined ? undefined : found.get(key);
    if (known === undefined) found.set(key ?? `${String(found.size)} long`, { of, by });
    else [known.by, isShorter] = [plus(known.by, by), true];
  }
  if (!isShorter) return plain;
  return build.sum(...[...found.values()].map(({ of, by }) => build.product(build.number(by), of)));
}
const SHORT = 12;
/** A multiple of a sum, summand by summand. */
function multiplied(term: Term): readonly Term[] {
  const [by, inner, more] = term.op === 'product' ? term.factors : [];
  if (by?.op !== 'number' || inner?.op !== 'sum' || more !== undefined) return [term];
  return inner.terms.flatMap((one) => multiplied(build.product(by, one)));
}
function scaledBy(term: Term): readonly [Rational, Term] {
  if (term.op === 'number') return [term.value, build.one];
  const [by, ...rest] = term.op === 'product' ? term.factors : [];
  return by?.op === 'number' ? [by.value, build.product(...rest)] : [ONE, term];
}

/** `whole` made of changed parts; itself where none changes. */
function all<T, P>(whole: T, parts: readonly P[], change: (part: P) => P, make: (...parts: P[]) => T): T {
  const changed = parts.map(change);
  return changed.every((one, at) => one === parts[at]) ? whole : make(...changed);
}
