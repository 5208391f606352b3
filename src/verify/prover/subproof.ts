/** Proofs inside proofs: a goal is sampled before it is tried. */
import * as build from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { isKnown } from './context.js';
import { pointsOf } from './falsify.js';
import { mayHold } from './samples.js';
import { assuming, goalOf, type Step, type Task } from './task.js';

const LOOK = 40;

/** Closes the negation of a goal in the hypotheses of a task and more. */
export function subproof(
  task: Task,
  goal: Condition,
  budget: Budget,
  hypotheses: readonly Condition[] = [],
): Derivation | undefined {
  if (goal.op === 'boolean' && !goal.value) return undefined;
  const widened = hypotheses.length === 0 ? task : assuming({ ...task, aims: [] }, ...hypotheses);
  if (!mayHold(widened.base, goal, task.search.spend)) return undefined;
  const all = [...widened.base.literals, ...widened.base.others, build.not(goal)];
  if (pointsOf(all, task.search.integers, LOOK, task.search.spend).length > 0) return undefined;
  const quiet = { ...widened, search: { ...task.search, failed: () => {} } };
  return task.search.solve(goalOf(quiet, goal), budget);
}

/** The step to a fact that has a proof of its own; none where it is known. */
export function stepTo(task: Task, fact: Condition, budget: Budget): readonly Step[] | undefined {
  if (isKnown(task.context, fact)) return [];
  const by = subproof(task, fact, budget);
  return by && [{ rule: 'have', fact, by }];
}
