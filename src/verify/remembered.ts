/**
 * Proofs that the claims of one program share: that its loss is defined is part of each of them. What is remembered costs what
 * it cost, and a failure is that of as many steps, so that no verdict depends on what was decided before it.
 */
import type { DerivedProgram } from '../ir/program.js';
import type { Sequent } from '../proof/term.js';
import type { Budget } from './budget.js';
import { prove, type Outcome } from './prover/prove.js';
import { keyOf } from '../proof/key.js';

export interface Proofs {
  readonly of: (sequent: Sequent, budget: Budget) => Outcome;
}

const known = new WeakMap<DerivedProgram, Proofs>();

export function proofsOf(program: DerivedProgram): Proofs {
  const proofs = known.get(program) ?? remembering();
  known.set(program, proofs);
  return proofs;
}

function remembering(): Proofs {
  const proofs: Memory<Outcome> = new Map();
  const isFound = (outcome: Outcome): boolean => 'proof' in outcome;
  return {
    of: (sequent, budget) =>
      remembered(proofs, sequentKey(sequent), budget, isFound, () => prove(sequent, budget)),
  };
}

/** What was found under a key, and what it cost. */
export type Memory<T> = Map<string, { readonly outcome: T; readonly work: number }>;

/** What was found before, where the budget has what it cost; a failure only where it has as many steps as it had then. */
export function remembered<T>(
  memory: Memory<T>,
  key: string,
  budget: Budget,
  isFound: (outcome: T) => boolean,
  find: () => T,
): T {
  const failure = `${key} within ${String(budget.left())}`;
  const known = memory.get(key);
  if (known !== undefined && known.work <= budget.left()) {
    budget.spend(known.work);
    return known.outcome;
  }
  const failed = memory.get(failure);
  if (failed !== undefined) {
    budget.spend(failed.work);
    return failed.outcome;
  }
  const before = budget.spent();
  const outcome = find();
  memory.set(isFound(outcome) ? key : failure, { outcome, work: budget.spent() - before });
  return outcome;
}

/** What a proof is of. Names have the same kind wherever the conditions are the same, but for whole numbers. */
function sequentKey({ variables, given, goal }: Sequent): string {
  const whole = variables.flatMap(({ name, integer }) => (integer === true ? [name] : [])).sort();
  return [...given, goal].map(keyOf).concat(whole).join('; ');
}
