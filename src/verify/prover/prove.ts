/** Proves sequents: the one entrance to the prover. */
import * as build from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition, Sequent, Term } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { contextOf } from './context.js';
import { pointsOf, type Point } from './falsify.js';
import { solutionIn } from './linear.js';
import { begun, byCases, solve } from './solve.js';
import { taskOf, type Search } from './task.js';
import { mentions, variablesOf } from './walk.js';

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
  const first = pointsOf([...sequent.given, negated], integers, FIRST_LOOK, budget.spend)[0];
  if (first !== undefined) return { stuck: failing(sequent.goal, first) };
  const zero = vanishing(sequent);
  if (zero !== undefined) return { stuck: { at: zero, reason: 'it is 0 for some values' } };
  const search = searchOf(sequent, integers, budget);
  const task = taskOf(contextOf(sequent.given), [negated], DEPTH, search);
  const proof = begun(task, budget);
  if (proof !== undefined) return { proof };
  return { stuck: search.stuck() ?? { at: sequent.goal, reason: 'too much work' } };
}
/** What the goal says is not 0, though some free variable makes it so. */
function vanishing({ given, goal }: Sequent): Term | undefined {
  if (!build.isLiteral(goal) || goal.op === '>=' || goal.op === '==') return undefined;
  const { x } = goal;
  const isEven = x.op === 'power' && x.exponent.d === 1n && x.exponent.n > 0n && x.exponent.n % 2n === 0n;
  const base = isEven ? x.base : x;
  const isFree = (name: string): boolean => given.every((one) => !mentions(one, name));
  const makesZero = (name: string): boolean => isFree(name) && solutionIn(base, name) !== undefined;
  return [...variablesOf(base)].some(makesZero) ? base : undefined;
}

const failing = (at: Condition, counterexample: Point): Stuck => ({
  at,
  reason: `fails at ${[...counterexample].map(([name, value]) => `${name} = ${String(value)}`).join(', ')}`,
  counterexample,
});

function searchOf(
  sequent: Sequent,
  integers: ReadonlySet<string>,
  budget: Budget,
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
    byCases,
    spend: budget.spend,
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
