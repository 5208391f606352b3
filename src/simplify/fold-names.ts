/** Writes expressions with the program's own names: where the value of a `let` occurs, its name stands. */
import type { Expr, Named } from '../ir/expr.js';
import { intern, rebuild } from '../ir/graph.js';

/** Leaves and names stay as they are: a second name for an input explains nothing. Nor may a name vary more finely. */
const worthNaming = ({ x: body, type }: Named): boolean =>
  body.op !== 'input' && body.op !== 'const' && body.op !== 'named' && body.type.level === type.level;

/** `names` in source order; the first of two names for one value wins. */
export function foldNames(exprs: readonly Expr[], names: readonly Named[]): readonly Expr[] {
  const graph = intern([...exprs, ...names]);
  const roots = graph.roots.slice(0, exprs.length);
  const nameOf = new Map<Expr, Expr>();
  for (const named of graph.roots.slice(exprs.length)) {
    if (named.op === 'named' && worthNaming(named) && !nameOf.has(named.x)) nameOf.set(named.x, named);
  }
  return rebuild(roots, (expr) => {
    if (expr.op === 'named' && expr.x.op === 'named' && expr.x.name === expr.name) return expr.x;
    return nameOf.get(expr) ?? expr;
  }).roots;
}
