/** How far cases may be multiplied out: a sum of n selections has 2ⁿ of them, and nobody reads those. */
import { isBinary, type Binary, type Expr } from '../ir/expr.js';

const MOST_CASES = 8;
/** Of one selection, when nothing but a plain factor or summand moves into it. */
const LONGEST_LIST = 50;

/** More parts than one looks through: such a value stays as it is. */
const MOST_PARTS = 1000;

/** Whether moving the other operand into a selection leaves a list of cases that a person would write. */
export function mayDistribute({ x, y }: Binary): boolean {
  if (x.op !== 'select' && y.op !== 'select') return false;
  const known = new Map<Expr, number>();
  const [first, second] = [numberOfCases(x, known), numberOfCases(y, known)];
  return first * second <= (Math.min(first, second) === 1 ? LONGEST_LIST : MOST_CASES);
}

/** Whether a selection is a list of cases that a person would write: a sign may then move into each. */
export function isListOfCases(expr: Expr): boolean {
  const stack = [expr];
  let cases = 0;
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (part.op === 'select') stack.push(part.z, part.y);
    else if (part.op === 'neg') stack.push(part.x);
    else cases += 1;
    if (cases + stack.length > LONGEST_LIST) return false;
  }
  return true;
}

/** The cases of an expression once every selection in its arithmetic is moved outwards; infinity beyond all use. */
function numberOfCases(expr: Expr, known: Map<Expr, number>): number {
  const of = (operand: Expr): number => {
    const number = known.get(operand) ?? numberOfCases(operand, known);
    known.set(operand, number);
    return number;
  };
  if (known.size > MOST_PARTS) return Infinity;
  known.set(expr, 1);
  if (expr.op === 'select') return of(expr.y) + of(expr.z);
  if (expr.op === 'neg') return of(expr.x);
  return isBinary(expr) && expr.type.kind === 'real' ? of(expr.x) * of(expr.y) : 1;
}
