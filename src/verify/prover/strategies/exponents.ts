/** Makes a variable of what is exponentiated, z = (x − c)·a, or of an exponential, u = e^x, in place of one that is in it. */
import * as build from '../../../proof/build.js';
import type { Derivation } from '../../../proof/derivation.js';
import type { Term } from '../../../proof/term.js';
import type { Budget } from '../../budget.js';
import { extended } from '../context.js';
import { derivative } from '../derivative.js';
import { having } from '../facts.js';
import { distinct } from '../keys.js';
import { substitute } from '../substitute.js';
import { tidied, tidiedIn } from '../tidied.js';
import { after, aimLiterals, replacing, taskOf, type Step, type Task } from '../task.js';
import { hasSelect, mentions, sizeOf, subparts, variablesOf } from '../walk.js';

export function exponents(task: Task, budget: Budget): Derivation | undefined {
  if (task.depth <= 0) return undefined;
  for (const argument of exponentials(task))
    for (const name of variablesOf(argument)) {
      const found = exchanged(task, argument, name, budget);
      if (found !== undefined) return found;
    }
  return undefined;
}

/** What the goal has exponentials of that are no variables, the largest first. */
function exponentials(task: Task): readonly Term[] {
  const all = subparts(...aimLiterals(task)).flatMap((part) =>
    part.op === 'exp' && !hasSelect(part) ? [tidied(part.x, task.context.knowledge)] : [],
  );
  const composed = distinct(all).filter((one) => one.op !== 'variable' && variablesOf(one).size > 0);
  return [...composed].sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, 3);
}

/** z = a·v + b with a ≠ 0, and so v = (z − b)/a: z takes the place of v. */
function exchanged(task: Task, argument: Term, name: string, budget: Budget): Derivation | undefined {
  const { knowledge } = task.context;
  const a = tidied(derivative(argument, name), knowledge);
  if (mentions(a, name)) return undefined;
  const b = tidied(substitute(argument, new Map([[name, build.zero]])), knowledge);
  const hasSlope = having(task, build.literal('!=', a), budget);
  if (hasSlope === undefined) return undefined;
  const z = task.search.fresh('z');
  const value = tidied(build.quotient(build.difference(build.variable(z), b), a), knowledge);
  return renamed(task, z, argument, name, value, hasSlope.steps, budget);
}

function renamed(
  task: Task,
  z: string,
  argument: Term,
  name: string,
  value: Term,
  before: readonly Step[],
  budget: Budget,
): Derivation | undefined {
  const own = build.variable(z);
  const defining = build.equal(own, argument);
  const solved = build.equal(build.variable(name), value);
  const facts = before.flatMap((one) => (one.rule === 'have' ? [one.fact] : []));
  const base = extended(task.base, ...facts, defining, solved);
  const by = having(taskOf(extended(task.base, ...facts, defining), [], 0, task.search), solved, budget);
  if (by === undefined) return undefined;
  const search = { ...task.search, defined: new Set([...task.search.defined, z]) };
  const changed = replacing(taskOf(base, task.aims, task.depth - 1, search), name, value);
  const tidy = taskOf(
    changed.base,
    changed.aims.map((one) => tidiedIn(one, changed.context.knowledge)),
    task.depth - 1,
    search,
  );
  if (!isSimpler(task, tidy)) return undefined;
  const then = task.search.solve(tidy, budget);
  const steps: readonly Step[] = [
    ...before,
    { rule: 'define', name: z, term: argument },
    ...by.steps,
    { rule: 'substitute', name, term: value },
  ];
  return then && after(steps, then);
}

/** Fewer variables are exponentiated than before, or fewer in all. */
function isSimpler(before: Task, now: Task): boolean {
  const [old, fresh] = [inside(before), inside(now)];
  return fresh < old;
}
const inside = (task: Task): number =>
  new Set(subparts(...aimLiterals(task)).flatMap((part) => (part.op === 'exp' ? [...variablesOf(part)] : [])))
    .size;
