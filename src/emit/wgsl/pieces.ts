/** Which kernels there are, and which part of a plan each has. */
import type { Expr } from '../../ir/expr.js';
import { operandsOf } from '../../ir/graph.js';
import { readsOf } from '../../plan/fused/fuse.js';
import type { CoarseLoop, FusedPlan, Ordering, Rows } from '../../plan/fused/program.js';
import { PASSES } from './counting.js';
import { canBeHead } from './head.js';
import { heldOf, isCopied, isOfAllTokens, type Schedule } from './schedule.js';

/** What looks at no token, though a quantile of all tokens is made of what has been counted of them. */
export type Coarse = CoarseLoop | Ordering;

export type Piece =
  /** A kernel of one workgroup; `hasResults` says whether it also copies results to where they are expected. */
  | { readonly kind: 'one'; readonly coarse: readonly Coarse[]; readonly hasResults: boolean }
  /** A walk, with the coarse work that its workgroups do by themselves. */
  | { readonly kind: 'rows'; readonly rows: Rows; readonly head: readonly Coarse[] }
  /** Quantiles of each group or each rollout. */
  | { readonly kind: 'sets'; readonly to: 'group' | 'rollout'; readonly orderings: readonly Ordering[] }
  /** One digit of all tokens, counted. */
  | { readonly kind: 'count'; readonly orderings: readonly Ordering[]; readonly pass: number };

/** How kernels are joined: the more they are, the more buffers each is bound to. */
export interface Joining {
  /** Whether coarse work before a walk is done by the workgroups of the walk, where it can be. */
  readonly heads: boolean;
  /** Whether orderings that do not wait for each other are done together. */
  readonly orderings: boolean;
}

/** Kernels in order. */
export function piecesOf(schedule: Schedule, plan: FusedPlan, joining: Joining): readonly Piece[] {
  const { stretches, walks, end } = schedule;
  const copies = plan.outputs.some((output) => isCopied(output, schedule.shared));
  const pieces = stretches.flatMap((loops, at): readonly Piece[] => {
    const [before, walk] = [walks[at - 1], walks[at]];
    const coarse = [...(before?.kind === 'orderings' ? before.all.filter(isOfAllTokens) : []), ...loops];
    const hasResults = at === end && copies;
    const isHead = joining.heads && walk?.kind === 'rows' && !hasResults && canBeHead(loops);
    const apart = isHead || (coarse.length === 0 && !hasResults) ? [] : [one(coarse, hasResults)];
    if (walk === undefined) return apart;
    if (walk.kind === 'rows') return [...apart, { kind: 'rows', rows: walk, head: isHead ? coarse : [] }];
    const parts = joining.orderings ? [walk.all] : walk.all.map((ordering) => [ordering]);
    return [...apart, ...parts.flatMap(orderingPieces)];
  });
  return pieces.reduce<readonly Piece[]>((done, piece) => {
    const last = done.at(-1);
    if (last?.kind !== 'one' || piece.kind !== 'one') return [...done, piece];
    const both = one([...last.coarse, ...piece.coarse], last.hasResults || piece.hasResults);
    return [...done.slice(0, -1), both];
  }, []);
}

function orderingPieces(all: readonly Ordering[]): readonly Piece[] {
  const some = (orderings: readonly Ordering[], pieces: readonly Piece[]): readonly Piece[] =>
    orderings.length === 0 ? [] : pieces;
  const to = (level: 'batch' | 'group' | 'rollout'): readonly Ordering[] =>
    all.filter((ordering) => ordering.node.to === level && !isOfAllTokens(ordering));
  const counted = all.filter(isOfAllTokens);
  return [
    ...some(to('batch'), [one(to('batch'), false)]),
    ...(['group', 'rollout'] as const).flatMap((level) =>
      some(to(level), [{ kind: 'sets', to: level, orderings: to(level) }]),
    ),
    ...some(
      counted,
      Array.from({ length: PASSES }, (_, pass): Piece => ({ kind: 'count', orderings: counted, pass })),
    ),
  ];
}

const one = (coarse: readonly Coarse[], hasResults: boolean): Piece => ({ kind: 'one', coarse, hasResults });

/** The values that stand where other kernels find them: not those that the workgroups of a walk compute for it alone. */
export function sharedBetween(
  pieces: readonly Piece[],
  { shared }: Schedule,
  { outputs }: FusedPlan,
): ReadonlySet<Expr> {
  const results = new Set(outputs.flatMap(({ level, value }) => (level === 'token' ? [] : [value])));
  const own = new Set<Expr>();
  for (const piece of pieces) {
    if (piece.kind !== 'rows') continue;
    const others = pieces.filter((other) => other !== piece).flatMap((other) => readsIn(other, outputs));
    const read = new Set(others.map(heldOf));
    for (const value of piece.head.flatMap(madeBy))
      if (!read.has(value) && !results.has(value)) own.add(value);
  }
  return new Set([...shared].filter((value) => !own.has(value)));
}

const madeBy = (coarse: Coarse): readonly Expr[] =>
  coarse.kind === 'quantile' ? [coarse.node] : [...coarse.computes, ...coarse.folds];

function readsIn(piece: Piece, outputs: FusedPlan['outputs']): readonly Expr[] {
  if (piece.kind === 'one') return piece.coarse.flatMap(madeBy).flatMap(operandsOf);
  if (piece.kind === 'rows')
    return [...readsOf(piece.rows, outputs), ...piece.head.flatMap(madeBy).flatMap(operandsOf)];
  return piece.orderings.flatMap(({ node }) => operandsOf(node));
}
