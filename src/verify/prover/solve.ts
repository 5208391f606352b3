/** Brings a task to a contradiction: equations are put in, selections decided, and what is left is tried by each strategy. */
import * as build from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { decide } from './context.js';
import { closing, contradiction } from './facts.js';
import { pointsOf } from './falsify.js';
import { solution } from './linear.js';
import { plainOrders } from './instances.js';
import { neededFacts } from './roots.js';
import { nextCase, nonzeroCase } from './split.js';
import { isAboutDistance, pairs } from './strategies/elimination.js';
import { STRATEGIES } from './strategies/index.js';
import { after, aimingToo, assuming, replacing, type Task } from './task.js';
import { hasSelect, variablesOf } from './walk.js';

export function solve(task: Task, budget: Budget): Derivation | undefined {
  if (!budget.spend(10) || !task.search.spend(0)) return undefined;
  if (task.context.isAbsurd) return { rule: 'absurd' };
  const equation = equationIn(task);
  if (equation !== undefined) {
    const [name, term] = equation;
    const then = solve(replacing(task, name, term), budget);
    return then && { rule: 'substitute', name, term, then };
  }
  const on = nextCase(task.context, [...task.aims, ...selecting(task)]);
  if (on !== undefined) return byCases(task, on, budget);
  const side = nonzeroCase(task.context, task.aims);
  if (side === undefined) return smooth(task, budget);
  const then = solve(aimingToo(task, side), budget);
  const otherwise = then && solve(aimingToo(task, build.not(side)), budget);
  return then && otherwise && { rule: 'cases', on: side, then, else: otherwise };
}

/** Hypotheses with selections that speak of nothing but what the goal speaks of: unresolved, they tell nothing. */
function selecting({ base, aims }: Task): readonly Condition[] {
  const candidates = base.literals.filter(hasSelect);
  if (candidates.length === 0) return [];
  const names = new Set(aims.flatMap((one) => [...variablesOf(one)]));
  return candidates.filter((one) => [...variablesOf(one)].every((name) => names.has(name)));
}

/** A variable that the context says the value of. */
function equationIn(task: Task): ReturnType<typeof solution> {
  for (const literal of task.context.literals) {
    const found = literal.op === '==' ? solution(literal.x, task.search.defined) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Once, before anything is split: what logarithms and roots need, and what pairs of values of one name say of their exponentials. */
export function begun(task: Task, budget: Budget): Derivation | undefined {
  const whole = task.context.isAbsurd || !isAboutDistance(task) ? undefined : pairs(task, budget);
  if (whole !== undefined) return whole;
  const instances = task.context.isAbsurd || equationIn(task) !== undefined ? [] : plainOrders(task, budget);
  if (instances.length === 0) return solve(task, budget);
  const adds = instances.flatMap((one) => one.adds);
  const then = solve(assuming(task, ...adds), budget);
  return (
    then &&
    after(
      instances.flatMap(({ steps }) => steps),
      then,
    )
  );
}

export function byCases(task: Task, on: Condition, budget: Budget): Derivation | undefined {
  const then = branch(task, on, budget);
  if (then === undefined) return undefined;
  const otherwise = branch(task, build.not(on), budget);
  return otherwise && { rule: 'cases', on, then, else: otherwise };
}
/**
 * A branch that the facts near its condition exclude is closed before anything else is looked at. Where the goal holds nowhere in it,
 * that it is excluded is all that is left to be shown.
 */
function branch(task: Task, on: Condition, budget: Budget): Derivation | undefined {
  const under = task.aims.includes(on) ? aimingToo(task, on) : assuming(task, on);
  const inside = under.aims.length === 0 ? aimingToo(task, on) : under;
  if (inside.context.isAbsurd) return { rule: 'absurd' };
  if (decide(inside.context, on) === undefined) return undefined;
  const excluded =
    build.isLiteral(on) && !hasSelect(on) && inside.aims.some(hasSelect)
      ? contradiction(inside.context, [on], 1, budget)
      : undefined;
  return excluded ?? solve(inside, budget);
}

function smooth(task: Task, budget: Budget): Derivation | undefined {
  const needed = neededFacts(task, task.aims, budget);
  if (needed.facts.length > 0) {
    const then = solve(assuming(task, ...needed.facts), budget);
    return then && after(needed.steps, then);
  }
  const plain = closing(task, [], 1, budget);
  if (plain !== undefined) return plain;
  const point = pointsOf(
    [...task.context.literals, ...task.context.others],
    task.search.integers,
    120,
    task.search.spend,
  )[0];
  if (point !== undefined) {
    task.search.failed(task, 'fails', point);
    return undefined;
  }
  for (const strategy of STRATEGIES) {
    if (!budget.spend(0) || !task.search.spend(0)) break;
    const found = strategy(task, budget);
    if (found !== undefined) return found;
  }
  task.search.failed(task, 'open');
  return undefined;
}
