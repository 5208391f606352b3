/** Which literals may bear on a goal, and closing by them. */
import * as build from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition, Literal, Term } from '../../proof/term.js';
import { closeLiterals } from '../algebra/close.js';
import type { Budget } from '../budget.js';
import { decide, type Context } from './context.js';
import { squaresIn } from './squares.js';
import { aimLiterals, type Step, type Task } from './task.js';
import { hasSelect, variablesOf } from './walk.js';
import { mayHold } from './samples.js';

/** Select-free literals of a context near some others, by the variables they share; those first. */
export function near(context: Context, focus: readonly Literal[], most: number): readonly Literal[] {
  const chosen = focus.filter((one) => !hasSelect(one));
  const known = new Set<string>(chosen.flatMap((one) => [...variablesOf(one)]));
  let rest = context.literals.filter((one) => !hasSelect(one) && !focus.includes(one));
  while (rest.length > 0 && chosen.length < most) {
    const ring = rest.filter((one) => areAllIn(known, variablesOf(one)));
    const wider = ring.length > 0 ? ring : rest.filter((one) => isAnyIn(known, variablesOf(one)));
    if (wider.length === 0) break;
    for (const one of wider.slice(0, most - chosen.length)) {
      chosen.push(one);
      for (const name of variablesOf(one)) known.add(name);
    }
    rest = rest.filter((one) => !wider.includes(one));
  }
  return chosen;
}

function areAllIn(known: ReadonlySet<string>, names: ReadonlySet<string>): boolean {
  for (const name of names) if (!known.has(name)) return false;
  return true;
}
function isAnyIn(known: ReadonlySet<string>, names: ReadonlySet<string>): boolean {
  for (const name of names) if (known.has(name)) return true;
  return false;
}

/** How far a search goes: 1 for multiples of facts, 2 for products of two, 3 for products of three; fewer facts the further. */
export type Level = 1 | 2 | 3;
const FACTS = { 1: 18, 2: 11, 3: 7 } as const;
const STEPS = { 1: 4000, 2: 15_000, 3: 40_000 } as const;
const EFFORTS = {
  1: { nested: 1, splits: 0, level: 1 },
  2: { nested: 3, splits: 1, level: 2 },
  3: { nested: 3, splits: 2, level: 3 },
} as const;

/** A contradiction among literals of a context near some others, of which the first one is the most important. */
export function contradiction(
  context: Context,
  focus: readonly Literal[],
  level: Level,
  budget: Budget,
): Derivation | undefined {
  const literals = near(context, focus, FACTS[level]);
  return closeLiterals(literals, budget.share(STEPS[level]), EFFORTS[level]);
}

/** A contradiction among the negated goal, what is near, and more. */
export const closing = (
  task: Task,
  more: readonly Literal[],
  level: Level,
  budget: Budget,
): Derivation | undefined => {
  const aims = aimLiterals(task);
  return contradiction(task.context, [...aims, ...squaresIn(aims), ...more], level, budget);
};

/** A fact that is known as it stands, or can be had by a few facts near it. */
export interface Had {
  readonly fact: Literal;
  readonly steps: readonly Step[];
}
export function having(
  task: Task,
  fact: Condition,
  budget: Budget,
  more: readonly Literal[] = [],
): Had | undefined {
  if (!build.isLiteral(fact)) return undefined;
  if (decide(task.context, fact) === true) return { fact, steps: [] };
  if (!mayHold(task.base, fact, task.search.spend)) return undefined;
  const negated = build.not(fact);
  if (!build.isLiteral(negated)) return undefined;
  const by = contradiction(task.base, [negated, ...more], 1, budget);
  return by === undefined ? undefined : { fact, steps: [{ rule: 'have', fact, by }] };
}

/** How a difference stands to 0: the strongest of `>`, `>=` for it or its negative that can be had. */
export function order(
  task: Task,
  difference: Term,
  budget: Budget,
): { readonly had: Had; readonly isUp: boolean } | undefined {
  for (const [x, isUp] of [[difference, true] as const, [build.negated(difference), false] as const]) {
    const weak = build.literal('>=', x);
    if (decide(task.context, weak) === false) continue;
    if (decide(task.context, weak) !== true && !mayHold(task.base, weak, task.search.spend)) continue;
    for (const relation of ['>', '>='] as const) {
      const had = having(task, build.literal(relation, x), budget);
      if (had !== undefined) return { had, isUp };
    }
  }
  return undefined;
}
