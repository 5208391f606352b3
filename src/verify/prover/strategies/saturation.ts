/** Adds instances of lemmas, a kind at a time, and closes with them: first by multiples of facts, then by products. */
import type { Derivation } from '../../../proof/derivation.js';
import type { Budget } from '../../budget.js';
import { closing, type Level } from '../facts.js';
import { inverseInstances, orderInstances, tangentInstances } from '../instances.js';
import type { Instance } from '../lemmas.js';
import { after, type Task } from '../task.js';

const KINDS = [orderInstances, tangentInstances, inverseInstances];

export const saturation = (task: Task, budget: Budget): Derivation | undefined => saturated(task, 1, budget);
export const deeperSaturation = (task: Task, budget: Budget): Derivation | undefined =>
  closing(task, [], 2, budget) ?? saturated(task, 2, budget);

/** Products of three, of the nearest facts. */
export const farther = (task: Task, budget: Budget): Derivation | undefined => closing(task, [], 3, budget);

function saturated(task: Task, level: Level, budget: Budget): Derivation | undefined {
  let instances: readonly Instance[] = [];
  for (const kind of KINDS) {
    const more = kind(task, budget);
    if (more.length === 0) continue;
    instances = [...instances, ...more];
    const found = closedWith(task, instances, level, budget);
    if (found !== undefined) return found;
  }
  return undefined;
}

function closedWith(
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
