/** Where a goal is an equality at a plain value of a variable, or where two variables are equal, each side is looked at alone. */
import * as build from '../../../proof/build.js';
import type { Derivation } from '../../../proof/derivation.js';
import { ratio } from '../../../proof/rational.js';
import type { Condition, Literal, Term } from '../../../proof/term.js';
import { isNothing } from '../../algebra/normalize.js';
import type { Budget } from '../../budget.js';
import { decide } from '../context.js';
import { substitute } from '../substitute.js';
import { aimLiterals, assuming, type Task } from '../task.js';
import { hasSelect, variablesOf } from '../walk.js';

const PLAIN = [0n, 1n, -1n, 2n, -2n].map((one) => build.number(ratio(one)));

export function meeting(task: Task, budget: Budget): Derivation | undefined {
  if (task.depth <= 0) return undefined;
  const on = meetingOf(task);
  if (on === undefined) return undefined;
  const [above, below] = [on, build.not(on)].map((side) => ({
    ...assuming(task, side),
    depth: task.depth - 1,
  }));
  const then = above && task.search.solve(above, budget);
  const otherwise = then && below && task.search.solve(below, budget);
  return then && otherwise && { rule: 'cases', on, then, else: otherwise };
}

function meetingOf(task: Task): Condition | undefined {
  for (const aim of aimLiterals(task)) {
    if (hasSelect(aim)) continue;
    const names = [...variablesOf(aim)];
    for (const name of names)
      for (const value of [...PLAIN, ...names.filter((one) => one !== name).map(build.variable)]) {
        const on = build.atLeast(build.variable(name), value);
        if (decide(task.context, on) === undefined && meets(task, aim, name, value)) return on;
      }
  }
  return undefined;
}
const meets = (task: Task, aim: Literal, name: string, value: Term): boolean =>
  isNothing(substitute(aim.x, new Map([[name, value]])), task.context.knowledge);
