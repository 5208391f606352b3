/** How far down an expression is read at the own element: a sum over a group reads every rollout of it, not the own alone. */
import { isFiner, type IndexLevel } from '../base/level.js';
import type { Expr } from './expr.js';
import { operandsOf, type Graph } from './graph.js';

/**
 * The scopes in which each expression under the first `count` roots is read: the levels down to which it is read at the
 * own element alone. It may be read in several.
 */
export function scopesOf({ nodes, roots }: Graph, count: number): ReadonlyMap<Expr, ReadonlySet<IndexLevel>> {
  const scopes = new Map<Expr, Set<IndexLevel>>();
  const read = (expr: Expr, scope: IndexLevel): void => {
    scopes.set(expr, (scopes.get(expr) ?? new Set()).add(scope));
  };
  for (const root of roots.slice(0, count)) read(root, 'token');
  for (const node of [...nodes].reverse())
    for (const scope of scopes.get(node) ?? [])
      for (const operand of operandsOf(node)) read(operand, scopeUnder(node, scope));
  return scopes;
}

/** The scope in which a node reads its operands. */
export function scopeUnder(node: Expr, scope: IndexLevel): IndexLevel {
  const shared = sharedLevel(node);
  return shared !== undefined && isFiner(scope, shared) ? shared : scope;
}

/** The finest level at which a node reads nothing but the own element, if it reads others of finer ones. */
function sharedLevel(node: Expr): IndexLevel | undefined {
  switch (node.op) {
    case 'reduce':
    case 'attains':
      return node.to;
    case 'swap':
      return 'group';
    case 'scan':
    case 'shift':
      return 'rollout';
    default:
      return undefined;
  }
}
