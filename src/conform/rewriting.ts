/** The program that somebody may have implemented instead: its loss rewritten, its derivative taken anew. */
import type { Expr } from '../ir/expr.js';
import { intern, operandsOf, rebuild, sameExpr } from '../ir/graph.js';
import type { Program } from '../ir/program.js';

export type Transform = (expr: Expr) => Expr;

/** Names of lets drop out, so that patterns see through them. */
export const nameless: Transform = (expr) => (expr.op === 'named' ? expr.x : expr);

/** The program with every node of its losses transformed, bottom-up; nothing where that changes nothing. */
export function rewritten(program: Program, transform: Transform): Program | undefined {
  const before = rebuild(
    program.losses.map(({ loss }) => loss),
    nameless,
  ).roots;
  const after = rebuild(before, transform).roots;
  const isSame = before.every((one, at) => sameExpr(one, after[at] ?? one));
  const losses = program.losses.map((one, at) => ({ ...one, loss: after[at] ?? one.loss }));
  return isSame ? undefined : { ...program, losses, metrics: [] };
}

/** The nodes of the losses, names seen through. */
export function nodesOf({ losses }: Program): readonly Expr[] {
  const roots = losses.map(({ loss }) => loss);
  return intern(rebuild(roots, nameless).roots).nodes;
}

/** Whether any node of an expression is one that is looked for. */
export function holds(expr: Expr, isWanted: (node: Expr) => boolean): boolean {
  const seen = new Set<Expr>([expr]);
  for (const node of seen) {
    if (isWanted(node)) return true;
    for (const operand of operandsOf(node)) seen.add(operand);
  }
  return false;
}

/** Whether the model has any influence on a value. */
export const readsModel = (expr: Expr): boolean =>
  holds(expr, (node) => node.op === 'input' && node.role === 'model');
