/**
 * What proofs are about: real terms over variables, with no levels, no sets and no stop-gradients left. A term is total: where
 * an operation has no value (1/0, the logarithm of what is not positive, a real power of a negative number) it has one
 * that nobody knows, so that only what holds whatever it is can be proved.
 */
import type { Rational } from './rational.js';

export type Term =
  | { readonly op: 'number'; readonly value: Rational }
  | { readonly op: 'pi' }
  | { readonly op: 'variable'; readonly name: string }
  /** Two terms at least. */
  | { readonly op: 'sum'; readonly terms: readonly Term[] }
  | { readonly op: 'product'; readonly factors: readonly Term[] }
  /** `base` to a rational power; a power that depends on variables is exp(y·log x). */
  | { readonly op: 'power'; readonly base: Term; readonly exponent: Rational }
  | { readonly op: 'exp'; readonly x: Term }
  | { readonly op: 'log'; readonly x: Term }
  | { readonly op: 'select'; readonly if: Condition; readonly then: Term; readonly else: Term };

/** How a term stands to 0. */
export type Relation = '>=' | '>' | '==' | '!=';

export interface Literal {
  readonly op: Relation;
  readonly x: Term;
}
export type Condition =
  | Literal
  | { readonly op: 'boolean'; readonly value: boolean }
  /** A condition of which nothing is known but its name. */
  | { readonly op: 'flag'; readonly name: string }
  | { readonly op: 'not'; readonly x: Condition }
  | { readonly op: 'and'; readonly all: readonly Condition[] }
  | { readonly op: 'or'; readonly any: readonly Condition[] };

export interface Variable {
  readonly name: string;
  readonly integer?: true;
}

/**
 * For all values of the variables, and whatever undefined operations give: where all of `given` hold, `goal` does.
 * Domains are among the given.
 */
export interface Sequent {
  readonly variables: readonly Variable[];
  readonly given: readonly Condition[];
  readonly goal: Condition;
}
