/** From a flat chain of operands and operators to a tree, by the table of bindings. */
import { cover, type Span } from '../../base/span.js';
import type { Token } from '../../../grammar/lexer.js';
import { bindings, MINUS_STRENGTH, NOT_STRENGTH } from '../../../grammar/precedence.js';
import type { BinaryOperator, Expr } from '../ast.js';
import { describeChain } from '../rules/chained-comparison.js';
import { describeMisplaced } from '../rules/misplaced-operand.js';
import { is, spanOf } from '../token-list.js';
import type { Context } from './context.js';

export interface Operand {
  readonly prefixes: readonly Token[];
  readonly value: Expr;
  /** The `if` of an operand that is a conditional without parentheses. */
  readonly conditional?: Span;
}

const spelling: Readonly<Record<string, BinaryOperator>> = {
  Or: 'or',
  And: 'and',
  Less: '<',
  LessEqual: '<=',
  Greater: '>',
  GreaterEqual: '>=',
  EqualEqual: '==',
  NotEqual: '!=',
  Plus: '+',
  Minus: '-',
  Star: '*',
  Slash: '/',
  Caret: '^',
};

const binary = (left: Expr, operator: BinaryOperator, right: Expr): Expr => ({
  kind: 'binary',
  operator,
  left,
  right,
  span: cover(left.span, right.span),
});

const isOrder = (operator: BinaryOperator): boolean => !['==', '!='].includes(operator);

/** What `a < b < c` was meant to be, so that the chain is its only mistake; a chain of `==` may have meant anything. */
const chained = (
  left: Expr,
  before: { readonly operator: BinaryOperator; readonly right: Expr },
  operator: BinaryOperator,
  right: Expr,
): Expr =>
  isOrder(before.operator) && isOrder(operator)
    ? { ...binary(left, 'and', binary(before.right, operator, right)), span: cover(left.span, right.span) }
    : { kind: 'missing', span: cover(left.span, right.span) };

/** Builds the tree; there is one operand more than there are operators. */
export function climb(operands: readonly Operand[], operators: readonly Token[], context: Context): Expr {
  let at = 0;

  function prefixed(operand: Operand, index: number, strength: number): Expr {
    const token = operand.prefixes[index];
    if (token === undefined) {
      const isBare = operands.length === 1 && operand.prefixes.length === 0;
      if (operand.conditional !== undefined && !isBare)
        context.report(describeMisplaced('if', operand.conditional));
      at += 1;
      return operand.value;
    }
    const isNot = is(token, 'Not');
    if (isNot && strength > NOT_STRENGTH) context.report(describeMisplaced('not', spanOf(token)));
    const own = isNot ? NOT_STRENGTH : MINUS_STRENGTH;
    const value = followed(prefixed(operand, index + 1, own), own);
    return {
      kind: 'unary',
      operator: isNot ? 'not' : '-',
      operand: value,
      span: cover(spanOf(token), value.span),
    };
  }

  function followed(first: Expr, strength: number): Expr {
    let left = first;
    let compared:
      { readonly sign: Span; readonly operator: BinaryOperator; readonly right: Expr } | undefined;
    for (;;) {
      const operator = operators[at - 1];
      const binding = operator === undefined ? undefined : bindings.get(operator.tokenType.name);
      const sign = operator === undefined ? undefined : spelling[operator.tokenType.name];
      const next = operands[at];
      if (operator === undefined || sign === undefined || binding === undefined || next === undefined)
        return left;
      if (binding.strength < strength) return left;
      const refused = next.prefixes.some((token) => is(token, 'Not'));
      const before = binding.single ? compared : undefined;
      if (before !== undefined && !refused) context.report(describeChain(spanOf(operator), before.sign));
      const right = followed(prefixed(next, 0, binding.right), binding.right);
      left = before === undefined ? binary(left, sign, right) : chained(left, before, sign, right);
      compared = binding.single ? { sign: spanOf(operator), operator: sign, right } : undefined;
    }
  }

  const [first] = operands;
  if (first === undefined) return { kind: 'missing', span: { start: 0, end: 0 } };
  return followed(prefixed(first, 0, 0), 0);
}
