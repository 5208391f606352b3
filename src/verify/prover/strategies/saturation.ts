/** Adds instances of lemmas, a kind at a time, and closes with them. */
import type { Derivation } from '../../../proof/derivation.js';
import type { Budget } from '../../budget.js';
import { closing, type Level } from '../facts.js';
import { inverseInstances, orderInstances, tangentInstances } from '../instances.js';
import type { Instance } from '../lemmas.js';
import { after, type Task } from '../task.js';

export function saturation(task: Task, budget: Budget): Derivation | undefined {
  let instances: readonly Instance[] = [];
  for (const kind of [orderInstances, tangentInstances, inverseInstances]) {
    const more = kind(task, budget);
    if (more.length === 0) continue;
    instances = [...instances, ...more];
    const found = closedWith(task, instances, 1, budget) ?? closedWith(task, instances, 2, budget);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function closedWith(
  task: Task,
  instances: readonly Instance[],
  level: Level,
  budget: Budget,
): Derivation | undefined {
  const adds = instances.flatMap((one) => one.adds);
  const closed = closing(task, adds, level, budget);
  return closed === undefined
    ? undefined
    : after(
        instances.flatMap(({ steps }) => steps),
        closed,
      );
}
