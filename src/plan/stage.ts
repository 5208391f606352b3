/**
 * The order of work, in stages: what depends on neither model nor tokens, token values down to a few numbers per
 * rollout, what rollouts and groups make of those, and the token values that are left (gradients).
 */
import type { Expr } from '../ir/expr.js';

export const STAGES = ['setup', 'rows', 'combine', 'tokens'] as const;
export type Stage = (typeof STAGES)[number];

/** What a node reads. */
export type Reads = (node: Expr) => readonly Expr[];

const reducesTokens = (node: Expr): boolean => node.op === 'reduce' && node.from === 'token';

/** The stage of each node of a list with operands first. */
export function stagesOf(nodes: readonly Expr[], readsOf: Reads): ReadonlyMap<Expr, Stage> {
  const feedsReduction = new Set<Expr>();
  for (const node of [...nodes].reverse()) {
    if (!reducesTokens(node) && !feedsReduction.has(node)) continue;
    for (const operand of readsOf(node)) feedsReduction.add(operand);
  }
  const seesTokens = new Set<Expr>();
  for (const node of nodes)
    if (reducesTokens(node) || readsOf(node).some((operand) => seesTokens.has(operand))) seesTokens.add(node);
  const stageOf = (node: Expr): Stage => {
    if (node.type.level === 'token') return feedsReduction.has(node) ? 'rows' : 'tokens';
    if (!seesTokens.has(node)) return 'setup';
    return reducesTokens(node) || feedsReduction.has(node) ? 'rows' : 'combine';
  };
  return new Map(nodes.map((node) => [node, stageOf(node)]));
}

/** The same nodes by stage; within a stage, what a value needs comes shortly before it. */
export function schedule(
  nodes: readonly Expr[],
  stages: ReadonlyMap<Expr, Stage>,
  readsOf: Reads,
): readonly Expr[] {
  const order: Expr[] = [];
  const done = new Set<Expr>();
  for (const stage of STAGES) {
    const own = nodes.filter((node) => stages.get(node) === stage);
    const inner = new Set(own.flatMap((node) => readsOf(node)));
    const sinks = own.filter((node) => !inner.has(node));
    const stack: Expr[] = [...sinks].reverse();
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      const waiting = readsOf(node).filter((operand) => stages.get(operand) === stage && !done.has(operand));
      if (waiting.length > 0) {
        stack.push(...waiting.reverse());
        continue;
      }
      stack.pop();
      if (done.has(node)) continue;
      done.add(node);
      order.push(node);
    }
  }
  return order;
}
