/** Cuts the ranges of few variables into boxes on which interval arithmetic refutes the goal's negation. */
import type { Derivation } from '../../../proof/derivation.js';
import type { Variable } from '../../../proof/term.js';
import { refuteOnBoxes } from '../../interval/boxes.js';
import type { Budget } from '../../budget.js';
import { near } from '../facts.js';
import { aimLiterals, type Task } from '../task.js';
import { hasSelect, variablesOf } from '../walk.js';

/** Steps by how many variables there are. */
const STEPS = [2000, 40_000, 120_000, 120_000] as const;

export function boxes(task: Task, budget: Budget): Derivation | undefined {
  const aims = aimLiterals(task).filter((one) => !hasSelect(one));
  const names = new Set(aims.flatMap((one) => [...variablesOf(one)]));
  const steps = STEPS[names.size];
  if (steps === undefined || aims.length === 0) return undefined;
  const literals = near(task.context, aims, 12).filter((one) =>
    [...variablesOf(one)].every((name) => names.has(name)),
  );
  const variables = [...names].map((name): Variable => ({ name }));
  const found = refuteOnBoxes(literals, variables, budget.share(steps));
  return found && { rule: 'enclosure', boxes: found };
}
