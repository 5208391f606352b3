/** Numbers as the source writes them, and the domain of numbers that it may write. */
import type { Span } from '../base/span.js';
import type { Diagnostic } from '../base/diagnostic.js';
import { exactDecimal, toDouble } from '../ir/constant.js';
import type { Expr, SignedLiteral } from '../syntax/ast.js';
import { describeLongNumber, describeNumberRange } from './rules/number-range.js';

const LONGEST_EXPONENT = 4;
/** Every double can be written out in full with less; exact arithmetic with many more is slow. */
const MOST_DIGITS = 2000;
/** Whole powers beyond this are not written out as products. */
export const LARGEST_POWER = 4096;

const exponentOf = (text: string): string => /[eE][+-]?0*(\d*)$/.exec(text)?.[1] ?? '';
const isZero = (text: string): boolean => /^[0.]*([eE].*)?$/.test(text);

/** The nearest double, and a problem where that would be infinite, or 0 for what is not 0. */
export function readNumber(
  text: string,
  span: Span,
): { readonly value: number } | { readonly problem: Diagnostic } {
  if (text.length > MOST_DIGITS) return { problem: describeLongNumber(span, MOST_DIGITS) };
  if (isZero(text)) return { value: 0 };
  if (exponentOf(text).length > LONGEST_EXPONENT) return { problem: describeNumberRange(span) };
  const value = toDouble(exactDecimal(text));
  const lost = !Number.isFinite(value) || value === 0;
  return lost ? { problem: describeNumberRange(span) } : { value };
}

export const signedText = ({ negative, text }: SignedLiteral): string => `${negative ? '-' : ''}${text}`;

/** The value of an integer literal with its sign, if the expression is one: `2`, `-3`. */
export function integerLiteral(expr: Expr): number | undefined {
  if (expr.kind === 'unary' && expr.operator === '-') {
    const size = integerLiteral(expr.operand);
    return size === undefined ? undefined : 0 - size;
  }
  if (expr.kind !== 'number') return undefined;
  const read = readNumber(expr.text, expr.span);
  return 'value' in read && Number.isInteger(read.value) && exactDecimal(expr.text).d === 1n
    ? read.value
    : undefined;
}
