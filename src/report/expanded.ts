/** Which aggregate an expression is the expansion of: a person writes `std`, not what it expands to. */
import { aggregateNamed } from '../atoms/index.js';
import type { IndexSet } from '../ir/build.js';
import type { Expr, Reduce } from '../ir/expr.js';
import { operandsOf, sameExpr } from '../ir/graph.js';

export interface Expanded {
  readonly name: string;
  readonly set: IndexSet;
  readonly x: Expr;
}

const NAMES = ['std', 'var', 'pstd', 'pvar'] as const;
/** Between an expansion and its shift by the first element there are fewer parts than this. */
const DEEPEST = 40;

/** The aggregate, if it is one of those that shift by the first element of their set. */
export function expandedAggregate(expr: Expr): Expanded | undefined {
  const mayBe =
    expr.op === 'sqrt' || expr.op === 'select' || (expr.op === 'reduce' && expr.reduce === 'mean');
  const first = mayBe ? shiftIn(expr) : undefined;
  if (first === undefined) return undefined;
  const { x, from, to, where } = first;
  const set = { from, to, where };
  const name = NAMES.find((one) => {
    const expansion = aggregateNamed(one)?.expand(set, x);
    return expansion !== undefined && sameExpr(expansion, expr);
  });
  return name === undefined ? undefined : { name, set, x };
}

/** The shift that is nearest to the top. */
function shiftIn(expr: Expr): Reduce | undefined {
  const parts = new Set<Expr>([expr]);
  for (const part of parts) {
    if (part.op === 'reduce' && part.reduce === 'first') return part;
    if (parts.size > DEEPEST) return undefined;
    for (const operand of operandsOf(part)) parts.add(operand);
  }
  return undefined;
}
