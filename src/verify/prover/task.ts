/** What a strategy is given: hypotheses, and the parts of the negated goal, to be brought to a contradiction together. */
import * as build from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition, Literal, Term } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { extended, replaced, resolvedIn, type Context } from './context.js';
import type { Point } from './falsify.js';
import { substituteIn } from './substitute.js';

export interface Task {
  /** The hypotheses alone. */
  readonly base: Context;
  /** The negated goal, resolved and broken up. */
  readonly aims: readonly Condition[];
  /** Both: what a derivation works in. */
  readonly context: Context;
  /** How many more times a strategy may ask for a proof inside its own. */
  readonly depth: number;
  readonly search: Search;
}

/** What is shared by all tasks of one proof. */
export interface Search {
  readonly integers: ReadonlySet<string>;
  /** Names given to terms; they are not replaced by what they stand for. */
  readonly defined: ReadonlySet<string>;
  /** A name that occurs nowhere. */
  readonly fresh: (like: string) => string;
  readonly solve: Strategy;
  readonly byCases: (task: Task, on: Condition, budget: Budget) => Derivation | undefined;
  /** Counts work that no share of the budget counts; false where the whole is spent. */
  readonly spend: (steps: number) => boolean;
  /** Tells what could not be closed. */
  readonly failed: (task: Task, reason: 'fails' | 'open', point?: Point) => void;
}
export type Strategy = (task: Task, budget: Budget) => Derivation | undefined;

export function taskOf(base: Context, negated: readonly Condition[], depth: number, search: Search): Task {
  search.spend(20 + 15 * base.literals.length);
  const context = extended(base, ...negated);
  return { base, context, aims: negated.flatMap((one) => partsIn(context, one)), depth, search };
}
/** The task with more hypotheses. */
export const assuming = (task: Task, ...conditions: readonly Condition[]): Task =>
  taskOf(extended(task.base, ...conditions), task.aims, task.depth, task.search);
/** The task with another part of the goal's negation. */
export const aimingToo = (task: Task, ...conditions: readonly Condition[]): Task =>
  taskOf(task.base, [...task.aims, ...conditions], task.depth, task.search);
/** Another goal, from the hypotheses alone. */
export const goalOf = (task: Task, goal: Condition): Task =>
  taskOf(task.base, [build.not(goal)], task.depth - 1, task.search);
export function replacing(task: Task, name: string, term: Term): Task {
  const values = new Map([[name, term]]);
  const aims = task.aims.map((one) => substituteIn(one, values));
  return taskOf(replaced(task.base, name, term), aims, task.depth, task.search);
}
function partsIn(context: Context, condition: Condition): readonly Condition[] {
  const one = resolvedIn(context, condition);
  if (one.op === 'and') return one.all.flatMap((part) => partsIn(context, part));
  return one.op === 'boolean' && one.value ? [] : [one];
}

export const aimLiterals = (task: Task): readonly Literal[] => task.aims.filter(build.isLiteral);

type Without<D> = D extends unknown ? Omit<D, 'then'> : never;
/** What a derivation does before it goes on. */
export type Step = Without<
  Extract<
    Derivation,
    { readonly rule: 'have' | 'lemma' | 'define' | 'substitute' | 'mean-value' | 'limit-bound' }
  >
>;
/** A derivation that takes steps and then goes on. */
export const after = (steps: readonly Step[], then: Derivation): Derivation =>
  steps.reduceRight<Derivation>((rest, step) => ({ ...step, then: rest }), then);
