/** Hypotheses that exclude each other, whatever the goal: a condition on an exponential, and what bounds its variables. */
import type { Derivation } from '../../../proof/derivation.js';
import type { Literal } from '../../../proof/term.js';
import type { Budget } from '../../budget.js';
import { pointsOf } from '../falsify.js';
import type { Task } from '../task.js';
import { hasSelect, subparts, variablesOf } from '../walk.js';

const MOST = 2;
const MOST_VARIABLES = 2;
const LOOK = 80;
const SHARE = 20_000;

/** A few literals that hold together at no point that is looked at are brought to a contradiction of their own. */
export function clashes(task: Task, budget: Budget): Derivation | undefined {
  if (task.depth <= 0) return undefined;
  const plain = task.context.literals.filter((one) => !hasSelect(one));
  for (const literal of plain.filter((one) => isCurved(one) && !task.aims.includes(one)).slice(0, MOST)) {
    const names = variablesOf(literal);
    if (names.size > MOST_VARIABLES) continue;
    const group = plain.filter((one) => [...variablesOf(one)].every((name) => names.has(name)));
    if (group.length < 2 || pointsOf(group, task.search.integers, LOOK, task.search.spend).length > 0)
      continue;
    const inside: Task = { ...task, aims: [literal], depth: task.depth - 1 };
    const found = task.search.solve(inside, budget.share(SHARE));
    if (found !== undefined) return found;
  }
  return undefined;
}
const isCurved = (literal: Literal): boolean =>
  (literal.op === '>' || literal.op === '>=') &&
  subparts(literal).some(({ op }) => op === 'exp' || op === 'log');
