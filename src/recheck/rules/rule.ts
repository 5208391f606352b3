/** How derivations are checked: a node in a context either closes it, or is refused with its place. */
import type { Context } from '../context.js';
import type { Fields } from '../json.js';
import type { Condition, Term } from '../term.js';

/** What closes a branch, beside a contradiction: the statement at hand may be another than a sequent. */
export type Goal =
  | { readonly kind: 'contradiction' }
  /** `term` tends to `value` in this context. */
  | {
      readonly kind: 'tends';
      readonly term: Term;
      readonly variable: string;
      readonly toward: Toward;
      readonly value: LimitValue;
      /** What has to hold from some place on, since otherwise nothing comes near. */
      readonly approach: readonly Condition[];
    }
  /** `term` is 0 at no point of this context, or at countably many. */
  | { readonly kind: 'nowhere zero'; readonly term: Term; readonly variable: string };

export type Toward =
  { readonly at: 'inf' | '-inf' } | { readonly at: Term; readonly side: 'below' | 'above' | 'both' };
export type LimitValue = Term | 'inf' | '-inf';

/** Everything that a goal says. */
export function partsOf(goal: Goal): readonly (Term | Condition)[] {
  switch (goal.kind) {
    case 'contradiction':
      return [];
    case 'nowhere zero':
      return [goal.term];
    case 'tends': {
      const { term, toward, value, approach } = goal;
      return [term, toward.at, value, ...approach].filter((part) => typeof part !== 'string');
    }
  }
}

export const CONTRADICTION: Goal = { kind: 'contradiction' };

/** Checks a derivation of a goal in a context. */
export type Check = (node: unknown, context: Context, goal: Goal, where: string) => void;

/** What a rule is given: its node, where it stands, and how to check what it is made of. */
export interface At {
  readonly node: Fields;
  readonly where: string;
  readonly context: Context;
  readonly goal: Goal;
  readonly check: Check;
}
/** A rule that goes on returns the context in which its `then` is checked; one that closes returns nothing. */
export type Rule = (at: At) => Context | undefined;
