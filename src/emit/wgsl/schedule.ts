/**
 * Which coarse loops run before which walk over the tokens: each as late as what reads it allows, so that few kernels
 * stand between two walks.
 */
import type { Expr } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import { readsOf } from '../../plan/fused/fuse.js';
import type { CoarseLoop, Fold, FusedPlan, Rows } from '../../plan/fused/program.js';

export interface Schedule {
  /** The loops before the first walk, before the second, …, and after the last. */
  readonly stretches: readonly (readonly CoarseLoop[])[];
  readonly rows: readonly Rows[];
  /** Coarse values that are read elsewhere than in the loop that computes them. */
  readonly shared: ReadonlySet<Expr>;
}

const heldOf = (expr: Expr): Expr => (expr.op === 'swap' ? expr.x : expr);

/** The schedule of a plan without orderings. */
export function scheduleOf(plan: FusedPlan): Schedule {
  const rows = plan.blocks.filter((block) => block.kind === 'rows');
  const last = rows.length;
  const due = new Map<Expr, number>();
  const dueOf = (expr: Expr): number => due.get(expr) ?? last;
  const need = (values: readonly Expr[], by: number): void => {
    for (const value of values.map(heldOf)) due.set(value, Math.min(dueOf(value), by));
  };
  let walk = last;
  for (const block of [...plan.blocks].reverse()) {
    if (block.kind === 'quantile') throw new Error('internal: an ordering has no place among kernels');
    if (block.kind === 'rows') {
      walk -= 1;
      need(readsOf(block, plan.outputs), walk);
      continue;
    }
    for (const value of [...block.computes, ...block.folds].reverse()) need(operandsOf(value), dueOf(value));
  }
  const shared = new Set(plan.shared);
  const stretches = Array.from({ length: last + 1 }, (): CoarseLoop[] => []);
  for (const block of plan.blocks) {
    if (block.kind !== 'loop') continue;
    const times = new Set([...block.computes, ...block.folds].map(dueOf));
    for (const time of times) {
      const part = partOf(block, time, dueOf);
      if (part === undefined) continue;
      stretches[time]?.push(part);
      if (block.over !== 'peer')
        for (const read of [...part.computes, ...part.folds].flatMap(operandsOf).map(heldOf))
          if (block.computes.includes(read) && !part.computes.includes(read)) shared.add(read);
    }
  }
  return { stretches, rows, shared };
}

/** What of a loop is due at a time. Values of pairs are computed with whatever gathers them. */
function partOf(loop: CoarseLoop, time: number, dueOf: (expr: Expr) => number): CoarseLoop | undefined {
  const folds = loop.folds.filter((fold) => dueOf(fold) === time);
  const computes =
    loop.over === 'peer'
      ? neededFor(folds, loop.computes)
      : loop.computes.filter((value) => dueOf(value) === time);
  return folds.length + computes.length === 0 ? undefined : { ...loop, folds, computes };
}

/** Those of a loop's values, in order, that some of what it gathers is made of. */
export function neededFor(folds: readonly Fold[], computes: readonly Expr[]): readonly Expr[] {
  const needed = new Set<Expr>();
  const stack = folds.flatMap(operandsOf);
  for (let expr = stack.pop(); expr !== undefined; expr = stack.pop()) {
    if (needed.has(expr) || !computes.includes(expr)) continue;
    needed.add(expr);
    stack.push(...operandsOf(expr));
  }
  return computes.filter((value) => needed.has(value));
}
