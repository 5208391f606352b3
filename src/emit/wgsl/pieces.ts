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
  /** Quantiles of each group or each rollout; the head is arithmetic of the batch alone. */
  | ({ readonly kind: 'sets'; readonly to: 'group' | 'rollout' } & OrderingsPiece)
  /** One digit of all tokens, counted. */
  | ({ readonly kind: 'count'; readonly pass: number } & OrderingsPiece);
interface OrderingsPiece {
  readonly orderings: readonly Ordering[];
  readonly head: readonly Coarse[];
}

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
    const isHead =
      joining.heads &&
      !hasResults &&
      (walk?.kind === 'rows' ? canBeHead(loops) : isArithmetic(coarse) && walk?.all.every(hasManyWorkgroups));
    const apart = isHead || (coarse.length === 0 && !hasResults) ? [] : [one(coarse, hasResults)];
    if (walk === undefined) return apart;
    if (walk.kind === 'rows') return [...apart, { kind: 'rows', rows: walk, head: isHead ? coarse : [] }];
    const parts = joining.orderings ? [walk.all] : walk.all.map((ordering) => [ordering]);
    return [...apart, ...parts.flatMap((all) => orderingPieces(all, isHead === true ? coarse : []))];
  });
  return pieces.reduce<readonly Piece[]>((done, piece) => {
    const last = done.at(-1);
    if (last?.kind !== 'one' || piece.kind !== 'one') return [...done, piece];
    const both = one([...last.coarse, ...piece.coarse], last.hasResults || piece.hasResults);
    return [...done.slice(0, -1), both];
  }, []);
}

const isArithmetic = (coarse: readonly Coarse[]): boolean =>
  coarse.every((one) => one.kind === 'loop' && one.over === 'batch');
const hasManyWorkgroups = (ordering: Ordering): boolean =>
  ordering.node.to !== 'batch' || isOfAllTokens(ordering);

function orderingPieces(all: readonly Ordering[], head: readonly Coarse[]): readonly Piece[] {
  const some = (orderings: readonly Ordering[], pieces: readonly Piece[]): readonly Piece[] =>
    orderings.length === 0 ? [] : pieces;
  const to = (level: 'batch' | 'group' | 'rollout'): readonly Ordering[] =>
    all.filter((ordering) => ordering.node.to === level && !isOfAllTokens(ordering));
  const counted = all.filter(isOfAllTokens);
  return [
    ...some(to('batch'), [one(to('batch'), false)]),
    ...(['group', 'rollout'] as const).flatMap((level) =>
      some(to(level), [{ kind: 'sets', to: level, orderings: to(level), head }]),
    ),
    ...some(
      counted,
      Array.from({ length: PASSES }, (_, pass): Piece => ({ kind: 'count', orderings: counted, pass, head })),
    ),
  ];
}

const one = (coarse: readonly Coarse[], hasResults: boolean): Piece => ({ kind: 'one', coarse, hasResults });

/** The values that stand where other kernels find them: not those that kernels compute at their heads, each for itself. */
export function sharedBetween(
  pieces: readonly Piece[],
  { shared }: Schedule,
  { outputs }: FusedPlan,
): ReadonlySet<Expr> {
  const found = new Set(outputs.flatMap(({ level, value }) => (level === 'token' ? [] : [value])));
  const ownTo = pieces.map((piece) => new Set(piece.kind === 'one' ? [] : piece.head.flatMap(madeBy)));
  for (const [at, piece] of pieces.entries())
    for (const value of readsIn(piece, outputs).map(heldOf))
      if (ownTo[at]?.has(value) !== true) found.add(value);
  const own = new Set(ownTo.flatMap((values) => [...values].filter((value) => !found.has(value))));
  return new Set([...shared].filter((value) => !own.has(value)));
}

const madeBy = (coarse: Coarse): readonly Expr[] =>
  coarse.kind === 'quantile' ? [coarse.node] : [...coarse.computes, ...coarse.folds];

function readsIn(piece: Piece, outputs: FusedPlan['outputs']): readonly Expr[] {
  if (piece.kind === 'one') return piece.coarse.flatMap(madeBy).flatMap(operandsOf);
  const ahead = piece.head.flatMap(madeBy).flatMap(operandsOf);
  if (piece.kind === 'rows') return [...readsOf(piece.rows, outputs), ...ahead];
  return [...piece.orderings.flatMap(({ node }) => operandsOf(node)), ...ahead];
}
