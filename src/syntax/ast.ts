/** The abstract syntax of the language: plain readonly data with spans. `missing` stands where recovery found nothing. */
import type { Level } from '../base/level.js';
import type { Span } from '../base/span.js';

export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** A documentation comment: the `#` lines directly above an objective or an item. */
export interface Doc {
  /** The free text, lines joined by LF, without the fields. */
  readonly text: string;
  /** `paper:`, `equation:` and `differs:` fields, in order of appearance. */
  readonly fields: readonly { readonly key: 'paper' | 'equation' | 'differs'; readonly text: string }[];
  readonly span: Span;
}

export interface NumberLiteral {
  readonly kind: 'number';
  /** As written, without sign: read exactly as a decimal. */
  readonly text: string;
  readonly span: Span;
}
export type BinaryOperator =
  '+' | '-' | '*' | '/' | '^' | '<' | '<=' | '>' | '>=' | '==' | '!=' | 'and' | 'or';

export interface Argument {
  readonly label?: Name;
  readonly value: Expr;
  readonly span: Span;
}

/** What a reduction runs over. */
export type Index =
  | {
      readonly kind: 'level';
      /** The reduced level. */
      readonly level: Level;
      /** `in outer`, where written. */
      readonly outer?: { readonly level: Level; readonly span: Span };
    }
  /** The other rollouts of the same group. */
  | { readonly kind: 'others' };

export interface Reduction {
  readonly kind: 'reduction';
  readonly aggregate: Name;
  readonly index: Index;
  readonly where?: Expr;
  readonly args: readonly Argument[];
  /** The bracket, for messages. */
  readonly indexSpan: Span;
  readonly span: Span;
}

export type Expr =
  | NumberLiteral
  | { readonly kind: 'inf'; readonly span: Span }
  | { readonly kind: 'pi'; readonly span: Span }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly span: Span }
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'unary'; readonly operator: '-' | 'not'; readonly operand: Expr; readonly span: Span }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expr;
      readonly right: Expr;
      readonly span: Span;
    }
  | {
      readonly kind: 'if';
      readonly condition: Expr;
      readonly then: Expr;
      readonly else: Expr;
      readonly span: Span;
    }
  /** Also `grad(y, x)`, `sup(e, x)` and `inf(e, x)`: the checker tells them apart by name. */
  | { readonly kind: 'call'; readonly callee: Name; readonly args: readonly Argument[]; readonly span: Span }
  | Reduction
  | Inlined
  | { readonly kind: 'missing'; readonly span: Span };

/** A call of a definition, replaced by its body. The parser makes none: the checker does, before it looks at anything. */
export interface Inlined {
  readonly kind: 'inlined';
  readonly callee: Name;
  /** The body of the definition with the arguments in place of its parameters. */
  readonly body: Expr;
  /** Arguments that the body does not read; they have to be right all the same. */
  readonly unread: readonly Expr[];
  readonly span: Span;
}

/** A signed decimal literal. */
export interface SignedLiteral {
  readonly negative: boolean;
  readonly text: string;
  readonly span: Span;
}
export type Bound =
  | { readonly kind: 'number'; readonly value: SignedLiteral; readonly span: Span }
  | { readonly kind: 'inf'; readonly negative: boolean; readonly span: Span }
  /** The name of a parameter, perhaps with a minus sign. */
  | { readonly kind: 'param'; readonly negative: boolean; readonly name: Name; readonly span: Span };
export interface IntervalSyntax {
  readonly low: Bound;
  readonly high: Bound;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
  readonly span: Span;
}
export type DomainSyntax =
  | { readonly kind: 'real'; readonly span: Span }
  | {
      readonly kind: 'interval';
      readonly integer: boolean;
      readonly interval?: IntervalSyntax;
      readonly span: Span;
    }
  | { readonly kind: 'set'; readonly values: readonly SignedLiteral[]; readonly span: Span }
  | { readonly kind: 'missing'; readonly span: Span };

export type Shape =
  | {
      readonly kind:
        | 'nonincreasing'
        | 'nondecreasing'
        | 'increasing'
        | 'decreasing'
        | 'constant'
        | 'continuous'
        | 'convex';
      readonly variable: Name;
    }
  | { readonly kind: 'bounded'; readonly variable?: Name }
  | { readonly kind: 'lipschitz'; readonly variable: Name; readonly by: Expr }
  | { readonly kind: 'nowhere zero'; readonly variable: Name }
  | { readonly kind: 'independent'; readonly variable: Name };

export type Claim =
  /** `e <= f` and so on: the expression is one comparison; the checker holds it to that. */
  | { readonly kind: 'comparison'; readonly expr: Expr; readonly span: Span }
  | { readonly kind: 'shape'; readonly expr: Expr; readonly shape: Shape; readonly span: Span }
  | {
      readonly kind: 'limit';
      readonly expr: Expr;
      readonly limit: Expr;
      readonly variable: Name;
      readonly point: Expr;
      readonly span: Span;
    };

/** What an input is: an output of the model, a constant of the batch, or an integer id that is only compared. */
export type Role = 'model' | 'data' | 'tag';

interface ItemBase {
  readonly doc?: Doc;
  readonly span: Span;
}
export type Item =
  | (ItemBase & {
      readonly kind: 'param';
      readonly name: Name;
      readonly domain: DomainSyntax;
      readonly default?: SignedLiteral;
      /** The trailing string, without its quotes. */
      readonly description?: string;
    })
  | (ItemBase & {
      readonly kind: 'input';
      readonly role: Role;
      readonly name: Name;
      readonly level: Level;
      readonly domain?: DomainSyntax;
      readonly description?: string;
    })
  | (ItemBase & { readonly kind: 'let'; readonly name: Name; readonly value: Expr })
  | (ItemBase & {
      readonly kind: 'optimize';
      readonly direction: 'minimize' | 'maximize';
      readonly value: Expr;
      /** `as name`: which optimizer it is for. */
      readonly name?: Name;
      /** The keyword, for messages. */
      readonly keyword: Span;
    })
  | (ItemBase & { readonly kind: 'metric'; readonly name: Name; readonly value: Expr })
  | (ItemBase & { readonly kind: 'assume'; readonly value: Expr })
  | (ItemBase & {
      readonly kind: 'claim';
      readonly mode: 'verify' | 'refute';
      readonly label?: string;
      readonly guard?: Expr;
      readonly assuming?: Expr;
      readonly claim: Claim;
    });

export interface Objective {
  readonly name: Name;
  readonly title?: string;
  readonly doc?: Doc;
  readonly items: readonly Item[];
  readonly span: Span;
}

/** `import { k3, group_advantage } from "std"`. */
export interface Import {
  readonly names: readonly Name[];
  /** Without its quotes. */
  readonly path: { readonly text: string; readonly span: Span };
  readonly span: Span;
}

/** `def name(a, b) = expr`. */
export interface Definition {
  readonly name: Name;
  readonly params: readonly Name[];
  readonly body: Expr;
  readonly doc?: Doc;
  readonly span: Span;
}

export interface File {
  readonly imports: readonly Import[];
  readonly definitions: readonly Definition[];
  readonly objectives: readonly Objective[];
  /** Items and declarations of which something was not read: what else seems wrong with them follows from that. */
  readonly unread: readonly Span[];
  readonly span: Span;
}
