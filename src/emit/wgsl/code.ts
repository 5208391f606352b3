/** The statements that compute values at one element, operands first. */
import { isBinary, isTernary, isUnary, type Expr } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import { WGSL } from './elementwise.js';
import type { Scope } from './scope.js';

/** Longer texts get a variable, so that no line says too much. */
const INLINE_LIMIT = 60;

/** The text of a value that is made elsewhere, or at hand. */
export type Read = (expr: Expr) => string;

export interface Code {
  readonly lines: readonly string[];
  /** The text of a value here: one of this element, or one that is read. */
  readonly text: Read;
}

/** Computes values; `sinks` are read when all of them are there. `read` gives the others. */
export function codeFor(computes: readonly Expr[], sinks: readonly Expr[], scope: Scope, read: Read): Code {
  const uses = new Map<Expr, number>();
  for (const operand of [...computes.flatMap(operandsOf), ...sinks])
    uses.set(operand, (uses.get(operand) ?? 0) + 1);
  const texts = new Map<Expr, string>();
  const text: Read = (expr) => texts.get(expr) ?? read(expr);
  const lines: string[] = [];
  for (const node of computes) {
    const own = elementwiseText(node, text);
    if ((uses.get(node) ?? 0) <= 1 && own.length <= INLINE_LIMIT && !scope.plan.names.has(node)) {
      texts.set(node, own);
      continue;
    }
    const name = scope.fresh(node);
    lines.push(`let ${name} = ${own};`);
    texts.set(node, name);
  }
  return { lines, text };
}

function elementwiseText(node: Expr, text: Read): string {
  if (isUnary(node)) return WGSL.unary[node.op](text(node.x));
  if (isBinary(node)) return WGSL.binary[node.op](text(node.x), text(node.y), node.x.type.kind);
  if (isTernary(node)) return WGSL.ternary[node.op](text(node.x), text(node.y), text(node.z), node.type.kind);
  throw new Error(`internal: ${node.op} is not computed from its own element`);
}
