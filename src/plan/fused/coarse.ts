/** The loops over batch, groups, rollouts and pairs between two walks over the tokens: as few as depend on each other. */
import type { IndexLevel } from '../../base/level.js';
import { isElementwise, type Expr } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import { isPlainCount } from './expand.js';
import type { CoarseLoop, Fold, Ordering } from './program.js';
import { START, isSorted, known, type Time } from './times.js';

/** Whether a value is at hand everywhere, with no work: constants, inputs, and the sizes that the layout knows. */
export const isAtHand = (expr: Expr): boolean => operandsOf(expr).length === 0 || isPlainCount(expr);

const isFold = (node: Expr): node is Fold => node.op === 'reduce' || node.op === 'attains';

/**
 * For each phase, the loops that come before its walk over the tokens. `inRows` are the values that a walk computes or
 * gathers; `nodes` come operands first.
 */
export function coarseBlocks(
  nodes: readonly Expr[],
  times: ReadonlyMap<Expr, Time>,
  inRows: ReadonlySet<Expr>,
): ReadonlyMap<number, readonly (CoarseLoop | Ordering)[]> {
  const phaseOf = (expr: Expr): number => known(times.get(expr) ?? START).phase;
  const rank = new Map<Expr, number>();
  const phases = new Map<number, Map<string, Draft>>();
  for (const node of nodes) {
    if (isAtHand(node) || inRows.has(node) || node.type.level === 'token' || node.op === 'swap') continue;
    const phase = phaseOf(node);
    const over = isFold(node) ? node.from : node.type.level;
    /** Whether the operand is computed at the same element of the same loop. */
    const isBeside = (operand: Expr): boolean => isElementwise(operand) && operand.type.level === over;
    const ranks = partsOf(node).flatMap((operand) => {
      const own = rank.get(operand);
      if (own === undefined || phaseOf(operand) < phase) return [];
      return [isBeside(operand) && !isSorted(node) ? own : own + 1];
    });
    const own = Math.max(0, ...ranks);
    rank.set(node, own);
    // A value of a pair is computed in every loop over pairs that reads it: none is kept.
    if (isElementwise(node) && over === 'peer') continue;
    const loops = phases.get(phase) ?? new Map<string, Draft>();
    phases.set(phase, loops);
    place(loops, node, own, over);
  }
  return new Map(
    [...phases].map(([phase, loops]) => [
      phase,
      [...loops.values()].sort((a, b) => a.rank - b.rank).map(({ block }) => withPairs(block, nodes)),
    ]),
  );
}

/** What a value waits for; the exchange of a value, and a place where it is attained, are read where they are used. */
const partsOf = (node: Expr): readonly Expr[] =>
  operandsOf(node).flatMap((operand) => (operand.op === 'swap' ? [operand.x] : [operand]));

interface Draft {
  readonly rank: number;
  readonly block: CoarseLoop | Ordering;
}

function place(loops: Map<string, Draft>, node: Expr, rank: number, over: IndexLevel): void {
  if (node.op === 'reduce' && isSorted(node)) {
    loops.set(`sorted ${loops.size}`, { rank, block: { kind: 'quantile', node } });
    return;
  }
  if (over === 'token') throw new Error('internal: tokens are walked in rows');
  const key = `${over} ${rank}`;
  const block = loops.get(key)?.block;
  const before = block?.kind === 'loop' ? block : { kind: 'loop' as const, over, computes: [], folds: [] };
  const joined: CoarseLoop = isFold(node)
    ? { ...before, folds: [...before.folds, node] }
    : { ...before, computes: [...before.computes, node] };
  loops.set(key, { rank, block: joined });
}

/** The loop, with the values of pairs that it gathers. */
function withPairs(block: CoarseLoop | Ordering, nodes: readonly Expr[]): CoarseLoop | Ordering {
  if (block.kind !== 'loop' || block.over !== 'peer') return block;
  const needed = new Set<Expr>();
  const stack = block.folds.flatMap(operandsOf);
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    if (needed.has(expr) || expr.type.level !== 'peer' || !isElementwise(expr)) continue;
    needed.add(expr);
    stack.push(...operandsOf(expr));
  }
  return { ...block, computes: nodes.filter((node) => needed.has(node)) };
}
