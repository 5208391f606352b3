/** What a lint is, and what it is given: one objective, checked and lowered, with what is known of its values. */
import type { Diagnostic, DiagnosticKind } from '../base/diagnostic.js';
import type { Interval } from '../base/interval.js';
import type { Source } from '../base/source.js';
import type { Model } from '../check/model.js';
import type * as ir from '../ir/expr.js';
import type { Program } from '../ir/program.js';
import type { Expr } from '../syntax/ast.js';

export interface Subject {
  readonly source: Source;
  readonly model: Model;
  readonly program: Program;
  /** Every expression that results are computed from, users before what they use. */
  readonly exprs: readonly Expr[];
  /** What an expression was lowered to; equal expressions are one. */
  readonly meaningOf: (expr: Expr) => ir.Expr | undefined;
  /** The values that an expression can take; all numbers where nothing is known. */
  readonly rangeOf: (expr: Expr) => Interval;
  /**
   * The same where it is read: behind `if reward > 0`, a reward is positive. Costs a pass over the expression, so it
   * is asked only where `rangeOf` leaves something to be said.
   */
  readonly rangeWhereRead: (expr: Expr) => Interval;
  /** Whether `!= 0` is said of it where it is read: no range says so of a value of either sign. */
  readonly isNonzeroWhereRead: (expr: Expr) => boolean;
  /** The same with every parameter at its default; a parameter without one keeps its domain. */
  readonly rangeAtDefaults: (expr: Expr) => Interval;
  /** The value of a name that a `let` defines. */
  readonly letNamed: (name: string) => Expr | undefined;
  /** The source text of an expression on one line, shortened. */
  readonly quote: (expr: Expr) => string;
}

/** One lint: its kinds of diagnostic, and where it finds them. */
export interface Lint {
  readonly kind: DiagnosticKind;
  readonly find: (subject: Subject) => readonly Diagnostic[];
}
