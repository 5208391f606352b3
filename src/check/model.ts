/** A checked objective: names bound, kinds and levels known, domains read. Nothing is expanded yet. */
import type { Domain } from '../base/domain.js';
import type { Level } from '../base/level.js';
import type { Span } from '../base/span.js';
import type { Type } from '../ir/type.js';
import type { Doc, Expr, Name, Role, Shape } from '../syntax/ast.js';

interface Declared {
  readonly name: Name;
  readonly doc?: Doc;
  readonly description?: string;
}
export interface Param extends Declared {
  readonly kind: 'param';
  readonly domain: Domain;
  readonly default?: number;
}
export interface Input extends Declared {
  readonly kind: 'input';
  readonly role: Role;
  readonly level: Level;
  readonly domain?: Domain;
}
export interface Let {
  readonly kind: 'let';
  readonly name: Name;
  readonly value: Expr;
  readonly type: Type;
  /** What it differentiates and by which name, where its whole value is `grad(of, score)`. */
  readonly weight?: { readonly of: Expr; readonly score: string };
  readonly doc?: Doc;
}
export interface Metric {
  readonly name: Name;
  readonly value: Expr;
  readonly doc?: Doc;
}
export interface Optimized {
  /** Which optimizer it is for. */
  readonly name?: Name;
  readonly direction: 'minimize' | 'maximize';
  readonly value: Expr;
}

export type ComparisonOperator = '<=' | '<' | '>=' | '>' | '==';
/** What a claim says, type-checked; `variable` names a param, an input or a let. */
export type Statement =
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Expr;
      readonly right: Expr;
    }
  | {
      readonly kind: 'extreme';
      readonly extreme: 'sup' | 'inf';
      readonly of: Expr;
      readonly variable: string;
      readonly value: Expr;
    }
  | { readonly kind: 'shape'; readonly of: Expr; readonly shape: Shape }
  | {
      readonly kind: 'limit';
      readonly of: Expr;
      readonly limit: Expr;
      readonly variable: string;
      readonly point: Expr;
    };

export interface Claim {
  readonly mode: 'verify' | 'refute';
  readonly label?: string;
  readonly guard?: Expr;
  readonly assuming?: Expr;
  readonly statement: Statement;
  readonly span: Span;
}

export interface Model {
  readonly name: Name;
  readonly title?: string;
  readonly doc?: Doc;
  readonly params: readonly Param[];
  readonly inputs: readonly Input[];
  /** In source order: each sees those before it. */
  readonly lets: readonly Let[];
  /** In source order, one at least; of several, each has its own name. */
  readonly losses: readonly Optimized[];
  readonly metrics: readonly Metric[];
  readonly claims: readonly Claim[];
  readonly assumptions: readonly Expr[];
  /** The type of every expression of the objective. */
  readonly types: ReadonlyMap<Expr, Type>;
}
