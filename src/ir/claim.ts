/** What an objective claims of its values, lowered: see the language's §7 for what each form means. */
import type { Span } from '../base/span.js';
import type { Expr } from './expr.js';

export const MONOTONE = ['nonincreasing', 'nondecreasing', 'increasing', 'decreasing'] as const;
export type Monotone = (typeof MONOTONE)[number];

/** `variable` is the expression that a claim varies: an input, or the one object of a let. */
export type Statement =
  | {
      readonly kind: 'comparison';
      readonly operator: '<=' | '<' | '>=' | '>' | '==';
      readonly left: Expr;
      readonly right: Expr;
    }
  | {
      readonly kind: 'extreme';
      readonly extreme: 'sup' | 'inf';
      readonly of: Expr;
      readonly variable: Expr;
      readonly value: Expr;
    }
  | { readonly kind: 'monotone'; readonly direction: Monotone; readonly of: Expr; readonly variable: Expr }
  | {
      readonly kind: 'constant' | 'continuous' | 'convex' | 'nowhere zero' | 'independent';
      readonly of: Expr;
      readonly variable: Expr;
    }
  /** Without a variable, for each value of the parameters and of what reads data only. */
  | { readonly kind: 'bounded'; readonly of: Expr; readonly variable?: Expr }
  | { readonly kind: 'lipschitz'; readonly of: Expr; readonly variable: Expr; readonly by: Expr }
  | {
      readonly kind: 'limit';
      readonly of: Expr;
      readonly variable: Expr;
      readonly point: Expr;
      readonly limit: Expr;
    };

export interface Claim {
  readonly mode: 'verify' | 'refute';
  readonly label?: string;
  readonly guard?: Expr;
  readonly assuming?: Expr;
  readonly statement: Statement;
  /** The claim in the source. */
  readonly span: Span;
}
