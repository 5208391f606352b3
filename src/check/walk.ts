/** Iteration over the expressions of the syntax tree: depth is no limit. */
import type { Expr } from '../syntax/ast.js';

/** Operands in source order. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'unary':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'if':
      return [expr.condition, expr.then, expr.else];
    case 'call':
      return expr.args.map(({ value }) => value);
    case 'reduction':
      return [...(expr.where === undefined ? [] : [expr.where]), ...expr.args.map(({ value }) => value)];
    case 'number':
    case 'inf':
    case 'pi':
    case 'boolean':
    case 'name':
    case 'missing':
      return [];
  }
}

/** Every expression under the roots, itself included; operands before what they belong to, in source order. */
export function postOrder(...roots: readonly Expr[]): readonly Expr[] {
  const order: Expr[] = [];
  const stack = [...roots];
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    order.push(expr);
    stack.push(...childrenOf(expr));
  }
  return order.reverse();
}
