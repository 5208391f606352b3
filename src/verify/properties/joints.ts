/** Continuity at the kinks of a term: where a condition that the variable moves turns, both branches agree. */
import * as b from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition, Term, Variable } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { joints } from '../prover/along.js';
import { prove } from '../prover/prove.js';
import { mentions } from '../prover/walk.js';
import { troubleOf, type Trouble } from './property.js';

export interface Joint {
  readonly where: Condition;
  readonly equal: Condition;
}

/** One for each literal of each condition that the variable moves, in post-order. */
export const jointsIn = (term: Term, variable: string): readonly Joint[] =>
  joints(term).filter(({ where }) => mentions(where, variable));

export function joined(
  term: Term,
  { variables, given }: { readonly variables: readonly Variable[]; readonly given: readonly Condition[] },
  variable: string,
  budget: Budget,
): { readonly joined: readonly Derivation[] } | { readonly trouble: Trouble } {
  const proofs: Derivation[] = [];
  for (const { where, equal } of jointsIn(term, variable)) {
    const outcome = prove({ variables, given: [...given, where], goal: equal }, budget);
    if ('stuck' in outcome) {
      const { at, ...rest } = troubleOf(outcome.stuck);
      return { trouble: { ...rest, at: at === b.zero ? where : at } };
    }
    proofs.push(outcome.proof);
  }
  return { joined: proofs };
}
