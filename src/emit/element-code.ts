/** The statements that compute values at one element, operands first: in any language that has variables. */
import { isBinary, isTernary, isUnary, type Expr } from '../ir/expr.js';
import { operandsOf } from '../ir/graph.js';
import type { FusedPlan } from '../plan/fused/program.js';
import type { ElementwiseTemplates } from './backend.js';

/** Longer texts get a variable, so that no line says too much. */
const INLINE_LIMIT = 60;

/** The text of a value that is made elsewhere, or at hand. */
export type Read = (expr: Expr) => string;

export interface Code {
  readonly lines: readonly string[];
  /** The text of a value here: one of this element, or one that is read. */
  readonly text: Read;
}

/** How a language says it. */
export interface Wordings {
  readonly templates: ElementwiseTemplates;
  /** What declares a variable that is set once. */
  readonly declares: 'const' | 'let';
  /** The text of an operand in the form that a node needs, where a language has several. */
  readonly fits?: (node: Expr, operand: Expr, text: string) => string;
}
/** Where the values are computed. */
export interface Naming {
  readonly plan: FusedPlan;
  /** A new variable for a value. */
  readonly fresh: (value: Expr) => string;
}

/** Computes values; `sinks` are read when all of them are there. `read` gives the others. */
export const codeIn =
  ({ templates, declares, fits }: Wordings) =>
  (computes: readonly Expr[], sinks: readonly Expr[], { plan, fresh }: Naming, read: Read): Code => {
    const uses = new Map<Expr, number>();
    for (const operand of [...computes.flatMap(operandsOf), ...sinks])
      uses.set(operand, (uses.get(operand) ?? 0) + 1);
    const texts = new Map<Expr, string>();
    const text: Read = (expr) => texts.get(expr) ?? read(expr);
    const lines: string[] = [];
    for (const node of computes) {
      const operand: Read = fits === undefined ? text : (expr) => fits(node, expr, text(expr));
      const own = elementwiseText(templates, node, operand);
      if ((uses.get(node) ?? 0) <= 1 && own.length <= INLINE_LIMIT && !plan.names.has(node)) {
        texts.set(node, own);
        continue;
      }
      const name = fresh(node);
      lines.push(`${declares} ${name} = ${own};`);
      texts.set(node, name);
    }
    return { lines, text };
  };

function elementwiseText({ unary, binary, ternary }: ElementwiseTemplates, node: Expr, text: Read): string {
  if (isUnary(node)) return unary[node.op](text(node.x));
  if (isBinary(node)) return binary[node.op](text(node.x), text(node.y), node.x.type.kind);
  if (isTernary(node)) return ternary[node.op](text(node.x), text(node.y), text(node.z), node.type.kind);
  throw new Error(`internal: ${node.op} is not computed from its own element`);
}
