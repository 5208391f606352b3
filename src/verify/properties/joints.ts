/** Continuity at the kinks of a term: where a condition that the variable moves turns, both branches agree. */
import * as b from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition, Term, Variable } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { joints } from '../prover/along.js';
import { prove } from '../prover/prove.js';
import { troubleOf, type Trouble } from './property.js';

export function joined(
  term: Term,
  { variables, given }: { readonly variables: readonly Variable[]; readonly given: readonly Condition[] },
  variable: string,
  budget: Budget,
): { readonly joined: readonly Derivation[] } | { readonly trouble: Trouble } {
  const proofs: Derivation[] = [];
  for (const { where, equal } of joints(term, variable)) {
    const outcome = prove({ variables, given: [...given, where], goal: equal }, budget);
    if ('stuck' in outcome) {
      const { at, ...rest } = troubleOf(outcome.stuck);
      return { trouble: { ...rest, at: at === b.zero ? where : at } };
    }
    proofs.push(outcome.proof);
  }
  return { joined: proofs };
}
