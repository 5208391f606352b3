/**
 * Continuity at the kinks of a term: where a condition that the variable moves turns, both branches agree, and each has a value
 * up to there.
 */
import * as b from '../../proof/build.js';
import type { Derivation } from '../../proof/derivation.js';
import type { Condition, Term, Variable } from '../../proof/term.js';
import type { Budget } from '../budget.js';
import { borders, joints } from '../prover/paths.js';
import { prove } from '../prover/prove.js';
import { troubleOf, type Trouble } from './property.js';

export interface Joined {
  readonly joined: readonly Derivation[];
  readonly defined: readonly Derivation[];
}

export function joined(
  term: Term,
  { variables, given }: { readonly variables: readonly Variable[]; readonly given: readonly Condition[] },
  variable: string,
  budget: Budget,
): Joined | { readonly trouble: Trouble } {
  const proofs: Record<'joined' | 'defined', Derivation[]> = { joined: [], defined: [] };
  const goals = [
    ...joints(term, variable).map(({ where, equal }) => ({ of: 'joined', where, goal: equal }) as const),
    ...borders(term, variable).map(({ where, needed }) => ({ of: 'defined', where, goal: needed }) as const),
  ];
  for (const { of, where, goal } of goals) {
    const outcome = prove({ variables, given: [...given, ...where], goal }, budget);
    if ('stuck' in outcome) {
      const { at, ...rest } = troubleOf(outcome.stuck);
      return { trouble: { ...rest, at: at === b.zero ? goal : at } };
    }
    proofs[of].push(outcome.proof);
  }
  return proofs;
}
