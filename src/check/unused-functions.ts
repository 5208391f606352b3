/** Definitions and imports that nothing calls: probably a slip. */
import type { Diagnostic } from '../base/diagnostic.js';
import type { Expr, File } from '../syntax/ast.js';
import { withExprs } from './item-exprs.js';
import { describeUnusedFunction } from './rules/unused-function.js';
import { postOrder } from './walk.js';

/**
 * A warning for each import that nothing in the file calls, and for each definition, where the file states objectives:
 * a file of definitions alone is there to be imported.
 */
export function warnUnusedFunctions({ imports, definitions, objectives }: File): readonly Diagnostic[] {
  if (imports.length === 0 && definitions.length === 0) return [];
  const called = new Set<string>();
  const note = (root: Expr): Expr => {
    for (const expr of postOrder(root)) if (expr.kind === 'call') called.add(expr.callee.text);
    return root;
  };
  for (const { body } of definitions) note(body);
  for (const { items } of objectives) for (const item of items) withExprs(item, note);
  const imported = imports.flatMap(({ names }) => names);
  const defined = objectives.length === 0 ? [] : definitions.map(({ name }) => name);
  return [
    ...imported
      .filter(({ text }) => !called.has(text))
      .map((name) => describeUnusedFunction(name, 'imported')),
    ...defined.filter(({ text }) => !called.has(text)).map((name) => describeUnusedFunction(name, 'defined')),
  ];
}
