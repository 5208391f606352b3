/** Proves sequents: the one entrance to the prover. */
import * as build from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition, Sequent, Term } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { contextOf } from './context.js';
import { pointsOf, type Point } from './falsify.js';
import { begun, solve } from './solve.js';
import { taskOf, type Search, type Task } from './task.js';

export interface Stuck {
  /** The smallest goal that stopped the proof. */
  readonly at: Condition | Term;
  readonly reason: string;
  readonly help?: string;
  /** Values of the variables at which the sequent fails, as far as doubles tell. */
  readonly counterexample?: Point;
}
export type Outcome = { readonly proof: Derivation } | { readonly stuck: Stuck };

const DEPTH = 3;
/** Points looked at before the search begins. */
const FIRST_LOOK = 60;

export function prove(sequent: Sequent, budget: Budget): Outcome {
  const negated = build.not(sequent.goal);
  const integers = new Set(sequent.variables.flatMap((one) => (one.integer === true ? [one.name] : [])));
  const first = pointsOf([...sequent.given, negated], integers, FIRST_LOOK)[0];
  if (first !== undefined) return { stuck: failing(sequent.goal, first) };
  const search = searchOf(sequent, integers);
  const task = taskOf(contextOf(sequent.given), [negated], DEPTH, search);
  const proof = begun(task, budget);
  if (proof !== undefined) return { proof };
  return { stuck: search.stuck() ?? { at: sequent.goal, reason: 'too much work' } };
}
const failing = (at: Condition, counterexample: Point): Stuck => ({
  at,
  reason: `fails at ${[...counterexample].map(([name, value]) => `${name} = ${String(value)}`).join(', ')}`,
  counterexample,
});

function searchOf(
  sequent: Sequent,
  integers: ReadonlySet<string>,
): Search & { readonly stuck: () => Stuck | undefined } {
  const used = new Set(sequent.variables.map(({ name }) => name));
  const defined = new Set<string>();
  let stuck: Stuck | undefined;
  return {
    integers,
    defined,
    fresh: (like) => {
      let [name, at] = [`${like}'`, 1];
      while (used.has(name)) name = `${like}'${String(++at)}`;
      used.add(name);
      return name;
    },
    solve,
    failed: (task, reason, point) => {
      if (stuck !== undefined) return;
      const at = build.not(build.and(...task.aims));
      stuck =
        reason === 'fails' && point !== undefined
          ? failing(at, point)
          : { at, reason: 'no strategy closes it' };
    },
    stuck: () => stuck,
  };
}
export type { Task };
