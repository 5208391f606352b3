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

const remembered = new WeakMap<DerivedProgram, Proofs>();

export function proofsOf(program: DerivedProgram): Proofs {
  const known = remembered.get(program) ?? remembering();
  remembered.set(program, known);
  return known;
}

function remembering(): Proofs {
  const proofs = new Map<string, { readonly outcome: Outcome; readonly work: number }>();
  return {
    of: (sequent, budget) => {
      const key = sequentKey(sequent);
      const known = proofs.get(key);
      if (known !== undefined && budget.spend(known.work)) return known.outcome;
      const failure = `${key} within ${String(budget.left())}`;
      const failed = proofs.get(failure);
      if (failed !== undefined) {
        budget.spend(failed.work);
        return failed.outcome;
      }
      const before = budget.spent();
      const outcome = prove(sequent, budget);
      proofs.set('proof' in outcome ? key : failure, { outcome, work: budget.spent() - before });
      return outcome;
    },
  };
}

/** What a proof is of. Names have the same kind wherever the conditions are the same, but for whole numbers. */
function sequentKey({ variables, given, goal }: Sequent): string {
  const whole = variables.flatMap(({ name, integer }) => (integer === true ? [name] : [])).sort();
  return [...given, goal].map(keyOf).concat(whole).join('; ');
}
