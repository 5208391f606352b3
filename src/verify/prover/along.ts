/** What the mean value theorem asks of a function between two points: that it is defined, joined at its kinks, and its slope. */
import * as build from '../../proof/build.js';
import type { Along, Derivation } from '../../proof/derivation.js';
import { isWhole, signOf } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { derivative } from './derivative.js';
import { subproof } from './subproof.js';
import type { Task } from './task.js';
import { inPostOrder, joints } from './paths.js';
import { mentions } from './walk.js';

export type Sign = '>=' | '>' | '<=' | '<' | '==';
export const standing = (sign: Sign, x: Term): Condition => {
  if (sign === '==') return build.literal('==', x);
  return sign === '>=' || sign === '>'
    ? build.literal(sign, x)
    : build.literal(sign === '<=' ? '>=' : '>', build.negated(x));
};

/** For each operation on the variable that is not defined everywhere, what makes it so. */
export function definedness(term: Term, name: string): readonly Condition[] {
  return [...inPostOrder(term)].flatMap((part): Condition[] => {
    if (!mentions(part, name)) return [];
    if (part.op === 'log') return [build.literal('>', part.x)];
    if (part.op !== 'power') return [];
    if (!isWhole(part.exponent)) return [build.literal('>', part.base)];
    return signOf(part.exponent) < 0 ? [build.literal('!=', part.base)] : [];
  });
}
/** All that is asked of `f`, a term in `variable`, under what bounds the variable. */
export function along(
  task: Task,
  variable: string,
  f: Term,
  bounds: readonly Condition[],
  sign: Sign,
  budget: Budget,
): Along | undefined {
  const slope = subproof(task, standing(sign, derivative(f, variable)), budget, bounds);
  if (slope === undefined) return undefined;
  const defined = every(definedness(f, variable), (one) => subproof(task, one, budget, bounds));
  if (defined === undefined) return undefined;
  const joined = every(joints(f, variable), ({ where, equal }) =>
    subproof(task, equal, budget, [...bounds, ...where]),
  );
  return joined && { variable, f, defined, joined, slope };
}
function every<T>(
  all: readonly T[],
  prove: (one: T) => Derivation | undefined,
): readonly Derivation[] | undefined {
  const found: Derivation[] = [];
  for (const one of all) {
    const proof = prove(one);
    if (proof === undefined) return undefined;
    found.push(proof);
  }
  return found;
}
