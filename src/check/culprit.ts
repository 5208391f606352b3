/** Why an expression varies as finely as it does: a name in it that does. */
import type { Level } from '../base/level.js';
import type { Span } from '../base/span.js';
import type { Expr } from '../syntax/ast.js';
import type { Context } from './context.js';
import { isValue } from './scope.js';
import { childrenOf } from './walk.js';

/** Where the first name of that level is defined, outside reductions. */
export function culprit(root: Expr, level: Level, context: Context): Span | undefined {
  const seen = new Set<Expr>();
  const stack: Expr[] = [root];
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    if (seen.has(expr)) continue;
    seen.add(expr);
    if (expr.kind === 'name') {
      const entity = context.scope.known.get(expr.name);
      if (entity !== undefined && isValue(entity) && entity.type?.level === level) return entity.name.span;
    }
    if (expr.kind !== 'reduction') stack.push(...[...childrenOf(expr)].reverse());
  }
  return undefined;
}
