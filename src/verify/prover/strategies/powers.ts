/** A goal about two exponentials with the same factor is one about what is exponentiated. */
import * as build from '../../../proof/build.js';
import type { Derivation } from '../../../proof/derivation.js';
import type { Literal, Term } from '../../../proof/term.js';
import { isNothing } from '../../algebra/normalize.js';
import type { Budget } from '../../budget.js';
import { decide } from '../context.js';
import { closing } from '../facts.js';
import { instance } from '../lemmas.js';
import { stepTo } from '../subproof.js';
import { after, aimLiterals, type Task } from '../task.js';
import { hasSelect } from '../walk.js';

const SHARE = 200_000;

export function powers(task: Task, budget: Budget): Derivation | undefined {
  if (task.depth <= 0) return undefined;
  for (const aim of aimLiterals(task)) {
    const sides = (aim.op === '>' || aim.op === '>=') && !hasSelect(aim) ? sidesOf(task, aim) : undefined;
    const found = sides && compared(task, aim, sides, budget.share(SHARE));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The aim says e^more to be above e^less, for r·e^a − r·e^b and a factor r of known sign. */
interface Sides {
  readonly more: Term;
  readonly less: Term;
}
function sidesOf({ context }: Task, { x }: Literal): Sides | undefined {
  const [first, second, third] = addendsOf(x).map(partsOf);
  if (first === undefined || second === undefined || third !== undefined) return undefined;
  if (first.exponent.op === 'number' && second.exponent.op === 'number') return undefined;
  if (!isNothing(build.sum(first.factor, second.factor), context.knowledge)) return undefined;
  if (decide(context, build.literal('>', first.factor)) === true)
    return { more: first.exponent, less: second.exponent };
  if (decide(context, build.literal('>', second.factor)) === true)
    return { more: second.exponent, less: first.exponent };
  return undefined;
}

/** The summands of a sum, or of a multiple of one. */
function addendsOf(term: Term): readonly Term[] {
  if (term.op === 'sum') return term.terms;
  const [by, inner, more] = term.op === 'product' ? term.factors : [];
  if (by === undefined || inner?.op !== 'sum' || more !== undefined) return [];
  return inner.terms.map((one) => build.product(by, one));
}

/** A product as a factor times one exponential. */
function partsOf(term: Term): { readonly factor: Term; readonly exponent: Term } {
  const factors = term.op === 'product' ? term.factors : [term];
  const exponents = factors.flatMap((one) => (one.op === 'exp' ? [one.x] : []));
  return {
    factor: build.product(...factors.filter(({ op }) => op !== 'exp')),
    exponent: build.sum(...exponents),
  };
}

function compared(task: Task, aim: Literal, { more, less }: Sides, budget: Budget): Derivation | undefined {
  const isStrict = aim.op === '>=';
  const steps = stepTo(task, build.literal(isStrict ? '>' : '>=', build.difference(less, more)), budget);
  if (steps === undefined) return undefined;
  const { steps: lemma, adds } = instance('exp-increasing', [more, less], isStrict, steps);
  const closed = closing(task, adds, 1, budget);
  return closed && after(lemma, closed);
}
