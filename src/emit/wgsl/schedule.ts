/** Which coarse loops run before which walk over the tokens or ordering, so that few kernels stand between these. */
import type { Expr } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import { readsOf } from '../../plan/fused/fuse.js';
import type { Block, CoarseLoop, Fold, FusedPlan, Ordering, Rows } from '../../plan/fused/program.js';

/** What has kernels of its own, and coarse loops before and after it: a walk, or orderings that do not wait for each other. */
export type Walk = Rows | Orderings;
export interface Orderings {
  readonly kind: 'orderings';
  readonly all: readonly Ordering[];
}

/** Whether it is of all tokens of the batch, which takes more than one workgroup. */
export const isOfAllTokens = ({ node }: Ordering): boolean => node.from === 'token' && node.to === 'batch';

export interface Schedule {
  /** The loops before the first walk, before the second, …, and after the last. */
  readonly stretches: readonly (readonly CoarseLoop[])[];
  readonly walks: readonly Walk[];
  /** The stretch at whose end every result that is no token's can be had. */
  readonly end: number;
  /** Coarse values that are read elsewhere than in the loop that computes them. */
  readonly shared: ReadonlySet<Expr>;
}

/** What has to be there where a value is read: of the other rollout of a pair, the same at that. */
export const heldOf = (expr: Expr): Expr => (expr.op === 'swap' ? expr.x : expr);

/**
 * Each loop is as late as what reads it allows; with `gathered`, but for those that are all that would come after a walk on
 * which none of them waits.
 */
export function scheduleOf(plan: FusedPlan, gathered: boolean): Schedule {
  const { walks, placeOf, ready } = walksOf(plan);
  const last = walks.length;
  const due = new Map<Expr, number>();
  const dueOf = (expr: Expr): number => due.get(expr) ?? last;
  const need = (values: readonly Expr[], by: number): void => {
    for (const value of values.map(heldOf)) due.set(value, Math.min(dueOf(value), by));
  };
  for (const block of [...plan.blocks].reverse()) {
    if (block.kind !== 'loop') {
      need(readsOf(block, plan.outputs), placeOf(block));
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
  for (let time = gathered ? last : 0; time > 0; time -= 1) {
    const loops = stretches[time] ?? [];
    const earliest = Math.max(
      0,
      ...loops.flatMap(({ computes, folds }) => [...computes, ...folds]).map(ready),
    );
    for (let before = time - 1; before >= earliest && loops.length > 0; before -= 1) {
      const others = stretches[before] ?? [];
      if (others.length > 0) others.push(...loops.splice(0));
    }
  }
  const ofResults = plan.outputs.filter(({ level }) => level !== 'token').map(({ value }) => ready(value));
  const end = Math.max(0, ...stretches.map(({ length }, time) => (length > 0 ? time : 0)), ...ofResults);
  return { stretches, walks, end, shared };
}

/** Whether a result that is no token's stands nowhere as it is: as what it is, at its own level. */
export const isCopied = (
  { level, value }: FusedPlan['outputs'][number],
  shared: ReadonlySet<Expr>,
): boolean =>
  level !== 'token' && !(value.type.kind === 'real' && value.type.level === level && shared.has(value));

interface Walks {
  readonly walks: readonly Walk[];
  /** The how manieth walk a block is in. */
  readonly placeOf: (block: Block) => number;
  /** The first stretch in which each coarse value can be computed: after the walks that it is made of. */
  readonly ready: (expr: Expr) => number;
}

function walksOf({ blocks, outputs }: FusedPlan): Walks {
  const walks: Walk[] = [];
  const places = new Map<Block, number>();
  const times = new Map<Expr, number>();
  const ready = (expr: Expr): number => times.get(heldOf(expr)) ?? 0;
  for (const block of blocks) {
    if (block.kind === 'loop') {
      for (const value of [...block.computes, ...block.folds])
        times.set(value, Math.max(0, ...operandsOf(value).map(ready)));
      continue;
    }
    const last = walks.at(-1);
    if (block.kind === 'rows') walks.push(block);
    else if (last?.kind !== 'orderings' || readsOf(block, outputs).some((one) => ready(one) === walks.length))
      walks.push({ kind: 'orderings', all: [block] });
    else walks.splice(-1, 1, { kind: 'orderings', all: [...last.all, block] });
    places.set(block, walks.length - 1);
    for (const value of madeIn(block)) times.set(value, walks.length);
  }
  return { walks, placeOf: (block) => places.get(block) ?? 0, ready };
}

const madeIn = (block: Rows | Ordering): readonly Expr[] =>
  block.kind === 'quantile'
    ? [block.node]
    : block.steps.flatMap((step): readonly Expr[] =>
        step.kind === 'own' ? step.computes : step.kind === 'tokens' ? step.folds : [],
      );

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
