/**
 * Reverse-mode differentiation on expressions, aware of levels: where a coarser operand was broadcast down, its
 * adjoint is summed up again. The local rules, with the side taken at kinks, are the `vjp` of each op's record.
 */
import { isFiner, mayBeEmpty, type IndexLevel } from '../base/level.js';
import { ONE, TRUE, ZERO, reduce } from '../ir/build.js';
import type { Expr } from '../ir/expr.js';
import { isBinary, isTernary, isUnary } from '../ir/expr.js';
import { intern, type Graph } from '../ir/graph.js';
import { both, guarded, received } from '../ir/guarded.js';
import type { Contribution, Guarded } from '../ir/op.js';
import { OPS } from '../ir/ops/index.js';
import { plus } from './guard.js';

/**
 * `grad(y, x)` for each x: at every element i of x, Σ_j ∂y_j/∂x_i over all elements j of y, following every path from
 * x to y that no stop-gradient cuts, with everything else held fixed. `x` means that very expression: an input, or a
 * `named` node, never one that merely equals it. `y` is at the level of each x or coarser.
 * Each result is real, at the level of its x or coarser (then it is the same for all elements); 0 without a path.
 */
export function differentiate(y: Expr, wrt: readonly Expr[]): readonly Expr[] {
  const graph = intern([y, ...wrt]);
  const [root, ...variables] = graph.roots;
  if (root === undefined) return [];
  const adjoints = pullBack(graph, root, new Set(variables));
  return variables.map((variable) => {
    const adjoint = adjoints.get(variable);
    return adjoint === undefined ? ZERO : received(adjoint);
  });
}

/** Whether a derivative can reach any of `wrt` from `y`: a path that no stop-gradient and no condition cuts. */
export function dependsOn(y: Expr, wrt: readonly Expr[]): boolean {
  const graph = intern([y, ...wrt]);
  const [root, ...variables] = graph.roots;
  return root !== undefined && relevant(graph, root, new Set(variables)).has(root);
}

/** The nodes, in evaluation order, that carry a derivative from `y` to any of `wrt`; none without a path. */
export function derivativePath(y: Expr, wrt: readonly Expr[]): readonly Expr[] {
  const graph = intern([y, ...wrt]);
  const [root, ...variables] = graph.roots;
  if (root === undefined) return [];
  const onPath = relevant(graph, root, new Set(variables));
  const reached = new Set<Expr>([root]);
  for (let at = graph.nodes.length - 1; at >= 0; at -= 1) {
    const node = graph.nodes[at];
    if (node === undefined || !reached.has(node)) continue;
    for (const { to } of contributions(node, EVERYWHERE)) if (onPath.has(to)) reached.add(to);
  }
  return graph.nodes.filter((node) => onPath.has(node) && reached.has(node));
}

function pullBack(graph: Graph, root: Expr, variables: ReadonlySet<Expr>): ReadonlyMap<Expr, Guarded> {
  const onPath = relevant(graph, root, variables);
  const adjoints = new Map<Expr, Guarded>([[root, { value: ONE }]]);
  for (let at = graph.nodes.length - 1; at >= 0; at -= 1) {
    const node = graph.nodes[at];
    const adjoint = node && adjoints.get(node);
    if (node === undefined || adjoint === undefined || !onPath.has(node)) continue;
    for (const contribution of contributions(node, adjoint)) {
      if (!onPath.has(contribution.to)) continue;
      const arriving = arrive(node, contribution);
      const sofar = adjoints.get(contribution.to);
      adjoints.set(contribution.to, sofar === undefined ? arriving : plus(sofar, arriving));
    }
  }
  return adjoints;
}

/** Nodes that carry a derivative from the root to a variable. */
function relevant(graph: Graph, root: Expr, variables: ReadonlySet<Expr>): ReadonlySet<Expr> {
  const reaches = new Set<Expr>(variables);
  for (const node of graph.nodes) {
    if (reaches.has(node)) continue;
    if (contributions(node, EVERYWHERE).some(({ to }) => reaches.has(to))) reaches.add(node);
  }
  return reaches.has(root) ? reaches : new Set();
}

const EVERYWHERE: Guarded = { value: ONE };

/** What the operands of a node receive; where an op moves values among elements, the guard moves with them. */
function contributions(node: Expr, adjoint: Guarded): readonly Contribution[] {
  if (node.type.kind !== 'real') return [];
  if (node.op === 'swap') return OPS.swap.transport(adjoint, node);
  if (node.op === 'scan') return OPS.scan.transport(adjoint, node);
  if (node.op === 'shift') return OPS.shift.transport(adjoint, node);
  return inPlace(node, adjoint.value).map((one) => {
    const membership = node.op === 'reduce' && one.asAnchor === undefined ? node.where : undefined;
    return { ...one, ...guarded(one.value, both(both(adjoint.guard, membership), one.guard)) };
  });
}

/** The contributions of a node whose elements receive as they are read: the node's own guard is not in them yet. */
function inPlace(node: Expr, adjoint: Expr): readonly Contribution[] {
  if (isUnary(node)) return OPS.unary[node.op].vjp(adjoint, node);
  if (isBinary(node)) return OPS.binary[node.op].vjp(adjoint, node);
  if (isTernary(node)) return OPS.ternary[node.op].vjp(adjoint, node);
  if (node.op === 'reduce') return OPS.reduce[node.reduce].vjp(adjoint, node);
  if (node.op === 'named') return [{ to: node.x, value: adjoint }];
  return [];
}

/** What the operand receives at its own level. */
function arrive(node: Expr, { to, value, guard, asAnchor }: Contribution): Guarded {
  const level = node.op !== 'reduce' ? node.type.level : asAnchor === undefined ? node.from : node.to;
  return sumUp(guarded(value, guard), level, to.type.level);
}

/**
 * The adjoint of a value that was broadcast from `to` down to `from`: the sum over its elements that receive one.
 * Where none does, it receives none; it may hold no element at all, so that case needs a guard even without one.
 */
function sumUp(adjoint: Guarded, from: IndexLevel, to: IndexLevel): Guarded {
  if (!isFiner(from, to)) return adjoint;
  const where = adjoint.guard;
  const value = reduce('sum', { from, to, where }, adjoint.value);
  if (where === undefined && !mayBeEmpty(from)) return { value };
  return { value, guard: reduce('any', { from, to }, where ?? TRUE) };
}
