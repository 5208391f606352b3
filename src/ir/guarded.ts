/** The conditions of guarded adjoints: what is received where, and how two conditions are joined. */
import { ZERO, and, select } from './build.js';
import type { Expr } from './expr.js';
import { sameExpr } from './graph.js';
import type { Guarded } from './op.js';

export const guarded = (value: Expr, guard: Expr | undefined): Guarded =>
  guard === undefined ? { value } : { value, guard };

/** Both conditions, either of which may be absent. */
export function both(a: Expr | undefined, b: Expr | undefined): Expr | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const parts = conjuncts(a);
  const more = conjuncts(b).filter((one) => !parts.some((other) => sameExpr(one, other)));
  return more.reduce(and, a);
}

/** The parts of a conjunction. */
export const conjuncts = (condition: Expr): readonly Expr[] =>
  condition.op === 'and' ? [...conjuncts(condition.x), ...conjuncts(condition.y)] : [condition];

export const conjunction = (parts: readonly Expr[]): Expr | undefined =>
  parts.length === 0 ? undefined : parts.reduce((all, one) => and(all, one));

/** The value that is received in the end: 0 where the guard does not hold. */
export const received = ({ value, guard }: Guarded): Expr =>
  guard === undefined ? value : select(guard, value, ZERO);
