/** The expressions of an item, replaced one by one. */
import type { Claim, Expr, Item, Shape } from '../syntax/ast.js';

type Replace = (expr: Expr) => Expr;

const inShape = (shape: Shape, replace: Replace): Shape =>
  shape.kind === 'lipschitz' ? { ...shape, by: replace(shape.by) } : shape;

function inClaim(claim: Claim, replace: Replace): Claim {
  const expr = replace(claim.expr);
  switch (claim.kind) {
    case 'comparison':
      return { ...claim, expr };
    case 'shape':
      return { ...claim, expr, shape: inShape(claim.shape, replace) };
    case 'limit':
      return { ...claim, expr, limit: replace(claim.limit), point: replace(claim.point) };
  }
}

/** The same item with each of its expressions replaced. */
export function withExprs(item: Item, replace: Replace): Item {
  switch (item.kind) {
    case 'param':
    case 'input':
      return item;
    case 'let':
    case 'optimize':
    case 'metric':
    case 'assume':
      return { ...item, value: replace(item.value) };
    case 'claim': {
      const { guard, assuming } = item;
      return {
        ...item,
        ...(guard === undefined ? {} : { guard: replace(guard) }),
        ...(assuming === undefined ? {} : { assuming: replace(assuming) }),
        claim: inClaim(item.claim, replace),
      };
    }
  }
}
