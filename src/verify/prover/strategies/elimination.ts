/** Replaces a variable by an end of its range, where the goal is hardest there: the slope between tells. */
import * as build from '../../../proof/build.js';
import type { Derivation } from '../../../proof/derivation.js';
import type { Literal, Term } from '../../../proof/term.js';
import { isNothing } from '../../algebra/normalize.js';
import type { Budget } from '../../budget.js';
import { along, standing, type Sign } from '../along.js';
import { decide } from '../context.js';
import { closing } from '../facts.js';
import { endOf, type End } from '../linear.js';
import { stepTo } from '../subproof.js';
import { substitute } from '../substitute.js';
import { after, aimLiterals, aimingToo, type Task } from '../task.js';
import { hasSelect, mentions, sizeOf, subparts, variablesOf } from '../walk.js';

export function elimination(task: Task, budget: Budget): Derivation | undefined {
  if (task.depth <= 0) return undefined;
  for (const aim of aimLiterals(task).filter((one) => (one.op === '>' || one.op === '>=') && !hasSelect(one)))
    for (const end of endsOf(task, aim)) {
      const found = eliminated(task, aim, end, budget.share(200_000));
      if (found !== undefined) return found;
    }
  return undefined;
}

/**
 * A goal about a function at two values of one variable, nothing where they are equal: it follows from the slope between them. Of a
 * function in pieces it does so at once, where the pieces meet.
 */
export function pairs(task: Task, budget: Budget): Derivation | undefined {
  if (task.depth <= 0) return undefined;
  for (const aim of aimLiterals(task).filter((one) => one.op === '>' || one.op === '>='))
    for (const end of endsOf(task, aim)) {
      if (end.at.op !== 'variable' || !isMet(task, aim, end)) continue;
      const found = eliminated(task, aim, end, budget.share(PAIR_SHARE));
      if (found !== undefined) return found;
    }
  return undefined;
}
const PAIR_SHARE = 300_000;
const isMet = ({ context }: Task, aim: Literal, { name, at }: End): boolean =>
  isNothing(substitute(aim.x, new Map([[name, at]])), context.knowledge);

/** Whether a goal with selections compares a function at two values with their distance, as a Lipschitz constant does. */
export const isAboutDistance = (task: Task): boolean =>
  aimLiterals(task).some((aim) => {
    if (!hasSelect(aim)) return false;
    const plain = addends(aim.x).filter((one) => !hasSelect(one));
    return endsOf(task, aim).some(
      ({ name, at }) => at.op === 'variable' && plain.some((one) => mentions(one, name)),
    );
  });

/** The aim says T > 0, to be refuted: T(end) ≤ 0, and T falls on the way from there. */
function eliminated(task: Task, aim: Literal, end: End, budget: Budget): Derivation | undefined {
  if (!budget.spend(20)) return undefined;
  const name = end.name;
  const values = new Map([[name, end.at]]);
  const atEnd = build.negated(substitute(aim.x, values));
  if (dividesByZero(atEnd, task)) return undefined;
  const isStrict = aim.op === '>=';
  const own = build.variable(name);
  const [from, to] = end.above ? [end.at, own] : [own, end.at];
  const gap = build.above(to, from);
  const isApart = decide(task.context, gap) === true;
  // Where it is 0 at the end, only the slope can make it less.
  const isLess = !isNothing(atEnd, task.context.knowledge);
  const ways: readonly { readonly strictSlope: boolean; readonly strictEnd: boolean }[] = [
    ...(isStrict && !isLess ? [] : [{ strictSlope: false, strictEnd: isStrict }]),
    ...(isStrict && isApart ? [{ strictSlope: true, strictEnd: false }] : []),
  ];
  for (const { strictSlope, strictEnd } of ways) {
    const steps = stepTo(task, build.literal(strictEnd ? '>' : '>=', atEnd), budget);
    if (steps === undefined) continue;
    const variable = task.search.fresh(name);
    const f = build.sum(...summands(aim.x).filter((one) => mentions(one, name)));
    const inX = substitute(f, new Map([[name, build.variable(variable)]]));
    const x = build.variable(variable);
    const bounds = [build.atLeast(x, from), build.atLeast(to, x)];
    const sign: Sign = end.above ? (strictSlope ? '<' : '<=') : strictSlope ? '>' : '>=';
    const way = along(task, variable, inX, bounds, sign, budget);
    if (way === undefined) continue;
    const difference = build.difference(valueAt(inX, variable, to), valueAt(inX, variable, from));
    const adds = [
      standing(sign, difference),
      ...steps.flatMap((one) => (one.rule === 'have' ? [one.fact] : [])),
    ];
    const inside = aimingToo(task, ...adds);
    const closed = inside.context.isAbsurd
      ? ({ rule: 'absurd' } as const)
      : closing(inside, adds.filter(build.isLiteral), 1, budget);
    if (closed !== undefined)
      return after([...steps, { rule: 'mean-value', along: way, from, to, sign }], closed);
  }
  return undefined;
}
const dividesByZero = (term: Term, { context }: Task): boolean =>
  subparts(term).some(
    (part) => part.op === 'power' && part.exponent.n < 0n && isNothing(part.base, context.knowledge),
  );
/** The summands of a sum, and of a multiple of one. */
const addends = (term: Term): readonly Term[] =>
  term.op === 'product' && term.factors.some(({ op }) => op === 'sum')
    ? term.factors.flatMap((factor) => (factor.op === 'sum' ? factor.terms : []))
    : summands(term);
const summands = (term: Term): readonly Term[] => (term.op === 'sum' ? term.terms : [term]);
const valueAt = (f: Term, variable: string, at: Term): Term => substitute(f, new Map([[variable, at]]));

/** Ends of the goal's variables, of those that are hardest to have inside first. */
function endsOf(task: Task, aim: Literal): readonly End[] {
  const names = [...variablesOf(aim)];
  const ends = task.base.literals.flatMap((one) => names.flatMap((name) => endOf(one, name) ?? []));
  return ends.filter(({ at }) => !hasSelect(at)).sort((a, b) => sizeOf(b.at) - sizeOf(a.at));
}
