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

/** What has been found out: by how many of the facts are known, since fewer are at each coarser level, and by expression. */
type Found = Map<number, Map<Expr, Expr>>;

/** An expression of one element, with every occurrence of a known condition replaced by what is known. Names stay. */
export function knowing(expr: Expr, facts: readonly Fact[], found: Found = new Map()): Expr {
  const done = found.get(facts.length) ?? new Map<Expr, Expr>();
  found.set(facts.length, done);
  const finished = done.get(expr);
  if (finished !== undefined) return finished;
  const isOpen = expr.type.kind === 'bool' && expr.op !== 'bool';
  const fact = isOpen ? facts.find(({ condition }) => sameExpr(condition, expr)) : undefined;
  const after = fact === undefined ? inside(expr, facts, found) : bool(fact.holds);
  done.set(expr, after);
  return after;
}

function inside(expr: Expr, facts: readonly Fact[], found: Found): Expr {
  if (expr.op === 'named') return expr;
  // Of the other elements of a set, or of a rollout, is known what is the same for all of them; of another rollout, what
  // is so of its group.
  const common = expr.op === 'swap' ? 'group' : 'to' in expr ? expr.to : 'rollout';
  const known = readsOwnElement(expr)
    ? facts
    : facts.filter(({ condition }) => !isFiner(condition.type.level, common));
  if (known.length === 0) return expr;
  return withOperands(
    expr,
    operandsOf(expr).map((one) => knowing(one, known, found)),
  );
}
