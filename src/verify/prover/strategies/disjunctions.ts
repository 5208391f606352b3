/** Takes the members of a disjunction of the hypotheses one by one: values of a label, no members of a set or one at least. */
import type { Derivation } from '../../../proof/derivation.js';
import type { Condition } from '../../../proof/term.js';
import type { Budget } from '../../budget.js';
import { decide } from '../context.js';
import { linearIn } from '../linear.js';
import { nextCase } from '../split.js';
import type { Task } from '../task.js';
import { hasSelect, variablesOf } from '../walk.js';

type Open = Extract<Condition, { readonly op: 'or' }>;

/** Those that list a variable's values. */
export const values = (task: Task, budget: Budget): Derivation | undefined =>
  divided(task, ({ any }) => any.every(isValue), budget);
export const disjunctions = (task: Task, budget: Budget): Derivation | undefined =>
  divided(task, () => true, budget);

/** Decides what a hypothesis with a selection waits for: the goal alone does not. */
export function selections(task: Task, budget: Budget): Derivation | undefined {
  const names = new Set(task.aims.flatMap((one) => [...variablesOf(one)]));
  const isNear = (one: Condition): boolean => [...variablesOf(one)].some((name) => names.has(name));
  const waiting = task.context.literals.filter((one) => hasSelect(one) && isNear(one));
  const on = nextCase(task.context, waiting.slice(0, 1));
  return on && task.search.byCases(task, on, budget);
}

function isValue(one: Condition): boolean {
  const [name, more] = variablesOf(one);
  return one.op === '==' && name !== undefined && more === undefined && linearIn(one.x, name) !== undefined;
}

function divided(task: Task, concerns: (one: Open) => boolean, budget: Budget): Derivation | undefined {
  const names = new Set(task.aims.flatMap((one) => [...variablesOf(one)]));
  const isNear = (one: Condition): boolean => [...variablesOf(one)].some((name) => names.has(name));
  const open = task.context.others.filter(
    (one) => one.op === 'or' && concerns(one) && isNear(one) && decide(task.context, one) === undefined,
  );
  const on = nextCase(task.context, open.slice(0, 1));
  return on && task.search.byCases(task, on, budget);
}
