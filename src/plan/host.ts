/** What is known on the host before a batch is looked at: what depends on parameters and sizes alone. */
import { readsOwnElement, type Expr } from '../ir/expr.js';
import { operandsOf } from '../ir/graph.js';

/** The count of all rollouts or all groups of a batch, which its layout knows. */
export const isSize = (expr: Expr): boolean =>
  expr.op === 'reduce' &&
  expr.reduce === 'sum' &&
  expr.to === 'batch' &&
  (expr.from === 'rollout' || expr.from === 'group') &&
  expr.where === undefined &&
  isOne(expr.x);

export const isOne = (expr: Expr): boolean => expr.op === 'const' && expr.value.equals(1);
export const isZero = (expr: Expr): boolean => expr.op === 'const' && expr.value.equals(0);

/** The nodes, of a list with operands first, that are numbers or conditions on the host. */
export function hostNodes(nodes: readonly Expr[]): ReadonlySet<Expr> {
  const onHost = new Set<Expr>();
  for (const node of nodes) if (isLeafOnHost(node) || isComposedOnHost(node, onHost)) onHost.add(node);
  return onHost;
}

/** The number of rollouts of each group, which the layout knows. */
export const isGroupSize = (expr: Expr): boolean =>
  expr.op === 'reduce' &&
  expr.reduce === 'sum' &&
  expr.from === 'rollout' &&
  expr.to === 'group' &&
  expr.where === undefined &&
  isOne(expr.x);

/** The nodes, of a list with operands first, that depend on the size of a group alone. */
export function sizeNodes(nodes: readonly Expr[]): ReadonlySet<Expr> {
  const ofSize = new Set<Expr>();
  for (const node of nodes) {
    const operands = operandsOf(node);
    const isComposed =
      readsOwnElement(node) &&
      operands.some((operand) => ofSize.has(operand)) &&
      operands.every((operand) => operand.op === 'const' || ofSize.has(operand));
    if (isGroupSize(node) || isComposed) ofSize.add(node);
  }
  return ofSize;
}

function isLeafOnHost(node: Expr): boolean {
  switch (node.op) {
    case 'const':
    case 'inf':
    case 'pi':
    case 'bool':
      return true;
    case 'input':
      return node.role === 'param';
    default:
      return isSize(node);
  }
}

const isComposedOnHost = (node: Expr, onHost: ReadonlySet<Expr>): boolean =>
  readsOwnElement(node) &&
  node.op !== 'input' &&
  operandsOf(node).length > 0 &&
  operandsOf(node).every((operand) => onHost.has(operand));
