/** How far two numbers are from breaking a claim, as far as floating point can tell: above 0 they break it. */
import type { Statement } from '../../ir/claim.js';

/** Differences that rounding alone may make. */
const DUST = 1e-10;
/** What an exact tie counts for, where a tie breaks the claim. */
const TIE = 1e-3;

const relative = (difference: number, a: number, b: number): number => {
  const size = Math.max(Math.abs(a), Math.abs(b));
  return size === 0 ? 0 : difference / size;
};

/** Above 0 where `a` exceeds `b` by more than dust, or is equal to it where ties count. */
export function excess(a: number, b: number, ties: boolean): number {
  if (a === b) return ties ? TIE : 0;
  const margin = relative(a - b, a, b);
  return margin > DUST || margin < 0 ? margin : 0;
}

export const differing = (a: number, b: number): number => Math.max(excess(a, b, false), excess(b, a, false));

/** Of a comparison that claims `left operator right`. */
export function comparing(
  operator: Extract<Statement, { readonly kind: 'comparison' }>['operator'],
  left: number,
  right: number,
): number {
  switch (operator) {
    case '<=':
      return excess(left, right, false);
    case '<':
      return excess(left, right, true);
    case '>=':
      return excess(right, left, false);
    case '>':
      return excess(right, left, true);
    case '==':
      return differing(left, right);
  }
}
