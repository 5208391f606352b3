/** Where a sum of variables that are not negative is not positive, each of them is 0. */
import * as build from '../../../proof/build.js';
import type { Derivation } from '../../../proof/derivation.js';
import type { Literal, Term } from '../../../proof/term.js';
import type { Budget } from '../../budget.js';
import { decide, extended } from '../context.js';
import { addends } from '../enclosing.js';
import { contradiction } from '../facts.js';
import { after, aimLiterals, assuming, type Step, type Task } from '../task.js';
import { variablesOf } from '../walk.js';

export function squeezed(task: Task, budget: Budget): Derivation | undefined {
  const { context } = task;
  const aimed = new Set(aimLiterals(task).flatMap((one) => [...variablesOf(one)]));
  for (const literal of context.literals) {
    const names = literal.op === '>=' ? negatedNames(literal.x) : undefined;
    if (names?.some((name) => aimed.has(name)) !== true) continue;
    const all = names.map(build.variable);
    if (!all.every((one) => decide(context, build.literal('>=', one)) === true)) continue;
    const steps: Step[] = [];
    const facts: Literal[] = [];
    for (const x of all) {
      const fact: Literal = { op: '==', x };
      const others = all.map((one): Literal => ({ op: one === x ? '>' : '>=', x: one }));
      const under = extended(task.base, { op: '!=', x });
      const by = under.isAbsurd
        ? ({ rule: 'absurd' } as const)
        : contradiction(under, [literal, ...others], 1, budget);
      if (by === undefined) continue;
      steps.push({ rule: 'have', fact, by });
      facts.push(fact);
    }
    if (facts.length === 0) continue;
    const then = task.search.solve(assuming(task, ...facts), budget);
    return then && after(steps, then);
  }
  return undefined;
}

/** The variables of which a term is the negative of the sum. */
function negatedNames(term: Term): readonly string[] | undefined {
  const parts = addends(build.negated(term));
  const names = parts.flatMap((one) => (one.op === 'variable' ? [one.name] : []));
  return names.length === parts.length && names.length > 0 ? names : undefined;
}
