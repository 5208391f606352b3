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
    case 'inlined':
      return [...expr.unread, expr.body];
    case 'number':
    case 'inf':
    case 'pi':
    case 'boolean':
    case 'name':
    case 'missing':
      return [];
  }
}

/**
 * Every expression under the roots, itself included, each once: operands before what they belong to, in source order.
 * What calls of a definition share is one expression of several.
 */
export function postOrder(...roots: readonly Expr[]): readonly Expr[] {
  const order = new Set<Expr>();
  const stack: { readonly expr: Expr; readonly children: readonly Expr[]; at: number }[] = [];
  const open = (expr: Expr): void => {
    if (!order.has(expr)) stack.push({ expr, children: childrenOf(expr), at: 0 });
  };
  for (const root of roots) {
    open(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = top.children[top.at];
      top.at += 1;
      if (child !== undefined) open(child);
      else {
        order.add(top.expr);
        stack.pop();
      }
    }
  }
  return [...order];
}

/** What a call of a definition stands for, through calls in calls; the expression itself where it is none. */
export function expanded(expr: Expr): Expr {
  let inner = expr;
  while (inner.kind === 'inlined') inner = inner.body;
  return inner;
}
