/** How operators bind, as data: what the layered rules of the specification say. */
import type { TokenType } from 'chevrotain';
import * as t from './tokens.js';

export interface Binding {
  /** Higher binds tighter. */
  readonly strength: number;
  /** What the right operand must bind at least as tightly as. */
  readonly right: number;
  /** Whether `a op b op c` is no expression. */
  readonly single: boolean;
}

export const NOT_STRENGTH = 3;
export const MINUS_STRENGTH = 7;

const { keyword: k } = t;
const left = (strength: number): Binding => ({ strength, right: strength + 1, single: false });
const comparison: Binding = { strength: 4, right: 5, single: true };

const table: readonly (readonly [TokenType, Binding])[] = [
  [k.or, left(1)],
  [k.and, left(2)],
  [t.Less, comparison],
  [t.LessEqual, comparison],
  [t.Greater, comparison],
  [t.GreaterEqual, comparison],
  [t.EqualEqual, comparison],
  [t.NotEqual, comparison],
  [t.Plus, left(5)],
  [t.Minus, left(5)],
  [t.Star, left(6)],
  [t.Slash, left(6)],
  // The right operand may have a sign, and is right-associative: `a ^ -b ^ c` is a ^ (-(b ^ c)).
  [t.Caret, { strength: 8, right: MINUS_STRENGTH, single: false }],
];

/** The binary operators, weakest first. */
export const binaryOperators: readonly TokenType[] = table.map(([type]) => type);

/** How a binary operator binds, by the name of its token type. */
export const bindings: ReadonlyMap<string, Binding> = new Map(
  table.map(([type, binding]) => [type.name, binding]),
);
