/** A polynomial in a variable that is at least 0 is at least 0 if its coefficients are: one smaller goal each. */
import * as build from '../../../proof/build.js';
import type { Derivation } from '../../../proof/derivation.js';
import type { Literal, Term } from '../../../proof/term.js';
import { coefficientsIn } from '../coefficients.js';
import type { Budget } from '../../budget.js';
import { decide } from '../context.js';
import { closing } from '../facts.js';
import { stepTo } from '../subproof.js';
import { after, aimLiterals, aimingToo, type Step, type Task } from '../task.js';
import { hasSelect, variablesOf } from '../walk.js';

export function coefficients(task: Task, budget: Budget): Derivation | undefined {
  if (task.depth <= 0) return undefined;
  for (const aim of aimLiterals(task)) {
    if ((aim.op !== '>' && aim.op !== '>=') || hasSelect(aim)) continue;
    for (const name of variablesOf(aim)) {
      if (decide(task.context, build.literal('>=', build.variable(name))) !== true) continue;
      const found = byCoefficients(task, aim, name, budget.share(300_000));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function byCoefficients(task: Task, aim: Literal, name: string, budget: Budget): Derivation | undefined {
  const parts = coefficientsIn(build.negated(aim.x), name, task.context.knowledge);
  if (parts === undefined || parts.length < 2) return undefined;
  const steps: Step[] = [];
  const facts: Literal[] = [];
  for (const part of parts) {
    const fact = literalFor(part);
    if (fact === undefined) continue;
    const more = stepTo(task, fact, budget);
    if (more === undefined) return undefined;
    steps.push(...more);
    facts.push(fact);
  }
  const inside = aimingToo(task, ...facts);
  if (inside.context.isAbsurd) return after(steps, { rule: 'absurd' });
  const closed = closing(inside, facts, 1, budget);
  return closed && after(steps, closed);
}
function literalFor(part: Term): Literal | undefined {
  const fact = build.literal('>=', part);
  return build.isLiteral(fact) ? fact : undefined;
}
