/** What a condition says elsewhere, where it is known to hold or not to hold. */
import { isFiner } from '../base/level.js';
import { bool } from '../ir/build.js';
import { readsOwnElement, type Expr } from '../ir/expr.js';
import { operandsOf, sameExpr, withOperands } from '../ir/graph.js';

export interface Fact {
  readonly condition: Expr;
  readonly holds: boolean;
}

/** More than anyone reads, and more than is worth searching. */
const LONGEST = 100;

/** Whether an expression has few parts, those of names aside. */
export function isShort(expr: Expr): boolean {
  const parts = new Set<Expr>([expr]);
  for (const part of parts) {
    if (parts.size > LONGEST) return false;
    if (part.op !== 'named') for (const operand of operandsOf(part)) parts.add(operand);
  }
  return true;
}

/** An expression of one element, with every occurrence of a known condition replaced by what is known. Names stay. */
export function knowing(expr: Expr, facts: readonly Fact[], done = new Map<Expr, Expr>()): Expr {
  const finished = done.get(expr);
  if (finished !== undefined) return finished;
  const isOpen = expr.type.kind === 'bool' && expr.op !== 'bool';
  const fact = isOpen ? facts.find(({ condition }) => sameExpr(condition, expr)) : undefined;
  const after = fact === undefined ? inside(expr, facts, done) : bool(fact.holds);
  done.set(expr, after);
  return after;
}

function inside(expr: Expr, facts: readonly Fact[], done: Map<Expr, Expr>): Expr {
  if (expr.op === 'named') return expr;
  if (readsOwnElement(expr))
    return withOperands(
      expr,
      operandsOf(expr).map((one) => knowing(one, facts, done)),
    );
  // Of the other elements of a set, or of a rollout, is known what is the same for all of them; of another rollout, what
  // is so of its group.
  const common = expr.op === 'swap' ? 'group' : 'to' in expr ? expr.to : 'rollout';
  const shared = facts.filter(({ condition }) => !isFiner(condition.type.level, common));
  if (shared.length === 0) return expr;
  const known = new Map<Expr, Expr>();
  return withOperands(
    expr,
    operandsOf(expr).map((one) => knowing(one, shared, known)),
  );
}
