/** What a rewrite rule is. */
import type { Expr } from '../ir/expr.js';

export interface Rule {
  readonly name: string;
  /** `float`: also safe in floating point, allowed on the way to code. `real`: true over ℝ, for people and proofs. */
  readonly mode: 'float' | 'real';
  /** A `float` rule that serves code and would undo what people and proofs want. */
  readonly onlyForCode?: true;
  /** Both sides, in the language's notation. */
  readonly equation: string;
  /** When they are equal; `always` for none. A condition beyond structure is one that the test's samples satisfy. */
  readonly condition: string;
  /** The replacement, or nothing where the rule does not apply. */
  readonly apply: (expr: Expr) => Expr | undefined;
  /** Expressions to which the rule must apply; a test evaluates both sides on samples. */
  readonly instances: readonly Expr[];
}
