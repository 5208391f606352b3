/** Makes a variable of what is exponentiated, z = (x − c)·a, or of an exponential, u = e^x, in place of one that is in it. */
import * as build from '../../../proof/build.js';
import type { Derivation } from '../../../proof/derivation.js';
import type { Condition, Term } from '../../../proof/term.js';
import type { Knowledge } from '../../algebra/knowledge.js';
import type { Budget } from '../../budget.js';
import { extended } from '../context.js';
import { derivative } from '../derivative.js';
import { having } from '../facts.js';
import { keyOf } from '../../../proof/key.js';
import { distinct } from '../keys.js';
import { rewritten, substitute } from '../substitute.js';
import { tidied, tidiedIn } from '../tidied.js';
import { after, aimLiterals, replacing, taskOf, type Step, type Task } from '../task.js';
import { hasSelect, mentions, sizeOf, subparts, variablesOf } from '../walk.js';

export function exponents(task: Task, budget: Budget): Derivation | undefined {
  const inner = innerVariable(task);
  const generalised = inner === undefined ? undefined : withValue(task, inner, budget);
  if (generalised !== undefined) return generalised;
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
  const slopes = build.literal('!=', a);
  const isPlain = slopes.op === 'boolean' && slopes.value;
  if (isPlain && !isAbout(task, variablesOf(argument))) return undefined;
  const steps = isPlain ? [] : having(task, slopes, budget)?.steps;
  if (steps === undefined) return undefined;
  const z = task.search.fresh('z');
  const value = tidied(build.quotient(build.difference(build.variable(z), b), a), knowledge);
  return renamed(task, z, argument, name, value, steps, budget);
}

/** A shift is worth it where the goal has no other variables, and so is left with one. */
const isAbout = (task: Task, names: ReadonlySet<string>): boolean =>
  aimLiterals(task).every((one) => [...variablesOf(one)].every((name) => names.has(name)));

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
  const by = having(taskOf(extended(task.base, ...facts, defining), [], 0, task.search), solved, budget);
  if (by === undefined) return undefined;
  const steps: readonly Step[] = [
    ...before,
    { rule: 'define', name: z, term: argument },
    ...by.steps,
    { rule: 'substitute', name, term: value },
  ];
  return goingOn(task, task.aims, z, [...facts, defining, solved], [name, value], steps, budget);
}

/** A variable of whose exponential, and of nothing else of it, another exponential is taken. */
function innerVariable(task: Task): string | undefined {
  const { knowledge } = task.context;
  const aims = aimLiterals(task).map((one) => tidied(one.x, knowledge));
  const outer = subparts(...aims).filter((part) => part.op === 'exp' && part.x.op !== 'variable');
  const inner = subparts(...outer.flatMap((part) => (part.op === 'exp' ? [part.x] : [])));
  for (const part of inner) if (part.op === 'exp' && part.x.op === 'variable') return part.x.name;
  return undefined;
}

/** u = e^x, and so x = log u: u takes the place of x. */
function withValue(task: Task, name: string, budget: Budget): Derivation | undefined {
  const u = task.search.fresh('u');
  const [own, raised] = [build.variable(u), build.exp(build.variable(name))];
  const positive = build.literal('>', own);
  const defining = build.equal(own, raised);
  const defined = taskOf(extended(task.base, defining), [], 0, task.search);
  const by = having(defined, positive, budget);
  if (by === undefined) return undefined;
  const value = build.log(own);
  const facts = [positive, defining, build.equal(build.variable(name), value)];
  const steps: readonly Step[] = [
    { rule: 'define', name: u, term: raised },
    ...by.steps,
    { rule: 'lemma', lemma: 'log-increasing', terms: [own, raised] },
    { rule: 'lemma', lemma: 'log-increasing', terms: [raised, own] },
    { rule: 'substitute', name, term: value },
  ];
  const shortly = (one: Condition): Condition =>
    rewritten(one, (term) => (term.op === 'exp' && keyOf(term) === keyOf(raised) ? own : undefined));
  return goingOn(task, task.aims.map(shortly), u, facts, [name, value], steps, budget);
}

/** The proof after a change of variables, with the goal written shortly. */
function goingOn(
  task: Task,
  aims: readonly Condition[],
  fresh: string,
  facts: readonly Condition[],
  [name, value]: readonly [string, Term],
  steps: readonly Step[],
  budget: Budget,
): Derivation | undefined {
  const search = { ...task.search, defined: new Set([...task.search.defined, fresh]) };
  const changed = replacing(taskOf(extended(task.base, ...facts), aims, task.depth, search), name, value);
  if (weightOf(changed) >= weightOf(task)) return undefined;
  const { knowledge } = changed.context;
  const shorter = changed.aims.map((one) => combinedIn(one, knowledge));
  const told = changed.base.literals.filter((one) => mentions(one, fresh) && !hasSelect(one));
  const plain = told
    .map((one) => ({ one, tidy: tidiedIn(one, knowledge) }))
    .flatMap(({ one, tidy }) => (sizeOf(tidy) < sizeOf(one) ? [tidy] : []));
  const base = extended(changed.base, ...plain);
  const then = task.search.solve(taskOf(base, shorter, task.depth, search), budget);
  return then && after(steps, then);
}

/** In normal form, unless that takes exponentials of sums apart, or makes it long; of what is left with one variable, anyway. */
function combinedIn(condition: Condition, known: Knowledge): Condition {
  const tidy = tidiedIn(condition, known);
  if (variablesOf(tidy).size === 1 && variablesOf(condition).size > 1) return tidy;
  const exps = (one: Condition): number => new Set(subparts(one).filter(({ op }) => op === 'exp')).size;
  return exps(tidy) > exps(condition) || sizeOf(tidy) > 2 * sizeOf(condition) ? condition : tidy;
}

/** How deep and of how many variables exponentials are taken. */
function weightOf(task: Task): number {
  const aims = aimLiterals(task).map((one) => tidied(one.x, task.context.knowledge));
  const exps = subparts(...aims).flatMap((part) => (part.op === 'exp' ? [part] : []));
  const nested = exps.filter(({ x }) => subparts(x).some(({ op }) => op === 'exp')).length;
  return 100 * nested + new Set(exps.flatMap((one) => [...variablesOf(one)])).size;
}
