/** One objective, lowered: what evaluation, derivation, planning, emission and proofs start from. */
import type { Domain } from '../base/domain.js';
import type { Level } from '../base/level.js';
import type { Claim } from './claim.js';
import type { Expr } from './expr.js';

/** What an input is; a `tag` is an integer id. */
export type Role = 'model' | 'data' | 'tag';

export interface Documentation {
  readonly text: string;
  readonly paper: readonly string[];
  readonly equation: readonly string[];
  readonly differs: readonly string[];
}
export interface ParamInfo {
  readonly name: string;
  readonly domain: Domain;
  readonly default?: number;
  readonly doc: Documentation;
}
export interface InputInfo {
  readonly name: string;
  readonly role: Role;
  readonly level: Level;
  readonly domain?: Domain;
  readonly doc: Documentation;
}
/** A named value of the program; `value` is the `named` expression itself. */
export interface LetInfo {
  readonly name: string;
  readonly value: Expr;
  readonly doc: Documentation;
}
/** One optimised value. */
export interface Loss {
  /** Which optimizer it is for; every loss has its own, and one that is alone may have none. */
  readonly name?: string;
  readonly direction: 'minimize' | 'maximize';
  /** The optimised value as written, at batch level. */
  readonly objective: Expr;
  /** What is minimised: the objective, or its negation for `maximize`. */
  readonly loss: Expr;
}
export interface Program {
  readonly name: string;
  readonly title?: string;
  readonly doc: Documentation;
  readonly params: readonly ParamInfo[];
  readonly inputs: readonly InputInfo[];
  readonly lets: readonly LetInfo[];
  /** In source order, one at least. */
  readonly losses: readonly Loss[];
  readonly metrics: readonly { readonly name: string; readonly value: Expr; readonly doc: Documentation }[];
  readonly assumptions: readonly Expr[];
  /** Each `grad(y, x)` that a let defines: a gradient weight. */
  readonly weights: readonly Weight[];
  /** In source order. */
  readonly claims: readonly Claim[];
}
export interface Weight {
  /** The let that holds it. */
  readonly name: string;
  readonly of: Expr;
  /** The name that is differentiated with respect to. */
  readonly score: string;
  /** The level of the score: one weight for each of its elements. */
  readonly level: Level;
  readonly value: Expr;
}
/** A loss with its gradient with respect to each model input that it reaches. */
export interface DerivedLoss extends Loss {
  readonly gradients: readonly { readonly input: string; readonly value: Expr }[];
}
export interface DerivedProgram extends Program {
  readonly losses: readonly DerivedLoss[];
}

/** How the source words a program's values, on one line. */
export interface Wording {
  /** A let or a metric, by name. */
  readonly value: (name: string) => string;
  /** An optimised value, by position. */
  readonly loss: (at: number) => string;
}
