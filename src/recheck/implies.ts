/**
 * What follows without a proof: a condition whose negation contradicts a context by signs and normal forms alone, if need be
 * in each case of the selections and disjunctions that are open. It is how readings are compared that differ in form only.
 */
import { extended, type Context } from './context.js';
import { literalsIn } from './derivative.js';
import * as poly from './polynomial.js';
import type { Polynomial } from './polynomial.js';
import * as t from './term.js';
import { namesIn } from './variables.js';
import { isLiteral, not, type Condition, type Term } from './term.js';

/** As many cases as a reading may take to compare. */
const MOST_CASES = 64;

export function implies(context: Context, condition: Condition): boolean {
  if (context.isClosed || context.normal.truthOf(condition) === true) return true;
  const key = context.normal.keyOf(condition);
  if (context.conditions.some((one) => context.normal.keyOf(one) === key)) return true;
  if (condition.op === 'and') return condition.of.every((one) => implies(context, one));
  let left = MOST_CASES;
  const closes = (at: Context): boolean => {
    if (at.isClosed) return true;
    const on = openAtom(at, condition);
    left -= 1;
    if (on === undefined || left < 0) return false;
    return closes(extended(at, on)) && closes(extended(at, not(on)));
  };
  return closes(extended(context, not(condition)));
}

/** Whether two terms are equal wherever a context holds. */
export const areEqual = (context: Context, a: Term, b: Term): boolean =>
  implies(context, t.literal('==', t.difference(a, b)));

/**
 * A literal or flag that the context leaves open and on which the comparison hangs: of the condition first, then of what the
 * context says of names that the condition has, then of disjunctions.
 */
function openAtom(context: Context, condition: Condition): Condition | undefined {
  const { normal } = context;
  const names = namesIn(condition);
  const near = context.conditions.filter((one) => [...namesIn(one)].some((name) => names.has(name)));
  for (const one of [condition, ...near.filter(isLiteral)])
    for (const { x } of literalsIn(one)) {
      const found = undecidedIn(normal.of(x), context);
      if (found !== undefined) return found;
    }
  const disjunctions = [condition, ...near, ...context.conditions].filter((one) => !isLiteral(one));
  for (const one of disjunctions)
    for (const atom of atomsIn(one)) if (normal.truthOf(atom) === undefined) return atom;
  return undefined;
}

/** The first literal or flag of a selection in a normal form that the context does not decide; innermost first. */
export function undecidedIn(form: Polynomial, context: Context): Condition | undefined {
  for (const generator of poly.generatorsOf(form)) {
    if (generator.kind !== 'select') continue;
    for (const atom of atomsIn(generator.if)) {
      const inner = isLiteral(atom) ? undecidedIn(context.normal.of(atom.x), context) : undefined;
      if (inner !== undefined) return inner;
      if (context.normal.truthOf(atom) === undefined) return atom;
    }
  }
  return undefined;
}

/** Literals and flags, without what joins them. */
export function* atomsIn(condition: Condition): Generator<Condition, void, undefined> {
  if (condition.op === 'and' || condition.op === 'or') for (const one of condition.of) yield* atomsIn(one);
  else if (condition.op === 'not') yield* atomsIn(condition.x);
  else if (condition.op !== 'boolean') yield condition;
}
