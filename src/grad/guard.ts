/**
 * Guarded adjoints: a value together with the condition under which anything is received at all. What a selection
 * leaves out receives no adjoint, not a zero one, so factors are multiplied inside the guard: `clip(exp(s), 0, 2)` at
 * s = 1000 has gradient 0, not 0 · ∞.
 */
import { add, not, or, select } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { sameExpr } from '../ir/graph.js';
import { both, conjunction, conjuncts, guarded, received } from '../ir/guarded.js';
import type { Guarded } from '../ir/op.js';

const isNegationOf = (a: Expr, b: Expr): boolean =>
  (a.op === 'not' && sameExpr(a.x, b)) || (b.op === 'not' && sameExpr(b.x, a)) || areOppositeChoices(a, b);
const areOppositeChoices = (a: Expr, b: Expr): boolean =>
  a.op === 'select' &&
  b.op === 'select' &&
  sameExpr(a.x, b.x) &&
  isNegationOf(a.y, b.y) &&
  isNegationOf(a.z, b.z);

/**
 * The sum of two guarded adjoints. Where the guards exclude each other, the sum is one of the two values; where they
 * differ in one complementary part, that part decides and drops out of the guard.
 */
export function plus(a: Guarded, b: Guarded): Guarded {
  if (a.guard === undefined || b.guard === undefined) return { value: add(received(a), received(b)) };
  const [first, second] = [conjuncts(a.guard), conjuncts(b.guard)];
  const without = (parts: readonly Expr[], others: readonly Expr[]): readonly Expr[] =>
    parts.filter((one) => !others.some((other) => sameExpr(one, other)));
  const [onlyFirst, onlySecond] = [without(first, second), without(second, first)];
  if (onlyFirst.length === 0 && onlySecond.length === 0) return guarded(add(a.value, b.value), a.guard);
  const shared = first.filter((one) => !onlyFirst.includes(one));
  const decider = onlyFirst.find((one) => onlySecond.some((other) => isNegationOf(one, other)));
  if (decider === undefined) return { value: add(received(a), received(b)), guard: or(a.guard, b.guard) };
  const value = sameExpr(a.value, b.value) ? a.value : undefined;
  const opposite = onlySecond.find((other) => isNegationOf(decider, other));
  const restFirst = onlyFirst.filter((one) => one !== decider);
  const restSecond = onlySecond.filter((one) => one !== opposite);
  const guard = either(decider, conjunction(restFirst), opposite ?? not(decider), conjunction(restSecond));
  return guarded(value ?? choose(decider, a.value, b.value), both(conjunction(shared), guard));
}

/** `a and x, or b and y`, for a and b that exclude each other and exhaust all cases. */
function either(a: Expr, x: Expr | undefined, b: Expr, y: Expr | undefined): Expr | undefined {
  if (x === undefined && y === undefined) return undefined;
  if (x === undefined) return or(a, y ?? b);
  return y === undefined ? or(b, x) : choose(a, x, y);
}

/** By the positive form of the decider, so that conditions read as the program wrote them. */
const choose = (decider: Expr, x: Expr, y: Expr): Expr =>
  decider.op === 'not' ? select(decider.x, y, x) : select(decider, x, y);
