/**
 * Derivations: what a prover found and anyone can check. Every node works in a context of conditions; `docs/certificates.md`
 * states each rule with its premises.
 */
import type { Rational } from './rational.js';
import type { Condition, Literal, Term } from './term.js';

/** A factor of a summand: a literal that the context holds or that is plain to see, a square, or a fact's equal to 0. */
export type Factor =
  | { readonly fact: Literal }
  | { readonly square: Term }
  /** `zero` is a literal `t == 0` of the context, and `times` any term whatever. */
  | { readonly zero: Literal; readonly times: Term };

export interface Summand {
  /** Positive. */
  readonly times: Rational;
  readonly of: readonly Factor[];
}

export const LEMMAS = [
  'exp-taylor',
  'exp-tangent-strict',
  'exp-increasing',
  'log-increasing',
  'root',
  'integer-gap',
  'pi',
] as const;
export type Lemma = (typeof LEMMAS)[number];

/** Where a limit is taken. */
export type Toward =
  { readonly at: 'inf' | '-inf' } | { readonly at: Term; readonly side: 'below' | 'above' | 'both' };
export type LimitValue = Term | 'inf' | '-inf';

/** A function of one fresh variable, and that it is defined and has the derivative it seems to have between two points. */
export interface Along {
  /** Occurs nowhere else. */
  readonly variable: string;
  readonly f: Term;
  /** One for each operation of `f` that is not defined everywhere, in post-order. */
  readonly defined: readonly Derivation[];
  /** One for each literal of each condition in `f`, in post-order: where it is 0, both branches are equal. */
  readonly joined: readonly Derivation[];
  /** Of the sign of the derivative. */
  readonly slope: Derivation;
}

/** Nodes that go on, and leaves that close a sequent. */
export type Derivation =
  | { readonly rule: 'cases'; readonly on: Condition; readonly then: Derivation; readonly else: Derivation }
  | { readonly rule: 'have'; readonly fact: Condition; readonly by: Derivation; readonly then: Derivation }
  | {
      readonly rule: 'lemma';
      readonly lemma: Lemma;
      readonly terms: readonly Term[];
      readonly then: Derivation;
    }
  | { readonly rule: 'define'; readonly name: string; readonly term: Term; readonly then: Derivation }
  /** Where the context says `name = term`, with no `name` in `term`: puts it everywhere. */
  | { readonly rule: 'substitute'; readonly name: string; readonly term: Term; readonly then: Derivation }
  | {
      readonly rule: 'mean-value';
      readonly along: Along;
      readonly from: Term;
      readonly to: Term;
      /** Of f(to) − f(from), and of the derivative. */
      readonly sign: '>=' | '>' | '<=' | '<' | '==';
      readonly then: Derivation;
    }
  | {
      /** f is monotone from `from` on, and tends to `value`: f(from) lies on one side of it. */
      readonly rule: 'limit-bound';
      readonly along: Along;
      readonly from: Term;
      readonly toward: 'inf' | '-inf';
      readonly value: Term;
      /** Of f(from) − value. */
      readonly sign: '>=' | '>' | '<=' | '<';
      /** Closed by a `limit` leaf. */
      readonly limit: Derivation;
      readonly then: Derivation;
    }
  | { readonly rule: 'contradiction'; readonly sum: readonly Summand[] }
  | { readonly rule: 'enclosure'; readonly boxes: Boxes }
  /** The context is false as it stands: an empty disjunction, a false constant. */
  | { readonly rule: 'absurd' }
  /** Leaves of other statements than sequents. */
  | { readonly rule: 'limit' }
  | { readonly rule: 'analytic'; readonly by: Derivation };

/** A tree of boxes; in each leaf the enclosure of one literal of the context shows that it fails. */
export type Boxes =
  | { readonly split: string; readonly at: Rational; readonly below: Boxes; readonly above: Boxes }
  | { readonly fails: Literal };

/** Children that go on with the same statement, and those that prove something else on the way. */
export const isLeaf = (one: Derivation): boolean =>
  one.rule === 'contradiction' || one.rule === 'enclosure' || one.rule === 'absurd' || one.rule === 'limit';
