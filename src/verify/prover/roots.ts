/** What roots and logarithms need to be known of their arguments before they can be calculated with. */
import * as build from '../../proof/build.js';
import { isWhole } from '../../proof/rational.js';
import type { Condition, Literal } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { decide } from './context.js';
import { contradiction } from './facts.js';
import { squaresIn } from './squares.js';
import type { Step, Task } from './task.js';
import { hasSelect, subparts } from './walk.js';

export interface Needed {
  readonly steps: readonly Step[];
  readonly facts: readonly Literal[];
}

/** Facts that are not known yet and can be had; each a step. */
export function neededFacts(task: Task, of: readonly Condition[], budget: Budget): Needed {
  const steps: Step[] = [];
  const facts: Literal[] = [];
  for (const part of subparts(...of)) {
    if (hasSelect(part)) continue;
    const isRoot = part.op === 'power' && !isWhole(part.exponent);
    const fact = isRoot
      ? build.literal('>=', part.base)
      : part.op === 'log'
        ? build.literal('>', part.x)
        : undefined;
    if (fact === undefined || !build.isLiteral(fact) || decide(task.context, fact) !== undefined) continue;
    const negated = build.not(fact);
    if (!build.isLiteral(negated)) continue;
    const by = contradiction(task.context, [negated, ...squaresIn([fact])], 1, budget);
    if (by === undefined) continue;
    steps.push({ rule: 'have', fact, by });
    facts.push(fact);
  }
  return { steps, facts };
}
