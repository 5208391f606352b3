/**
 * A fused plan: loops over batch, groups, rollouts and pairs of rollouts, and passes over the tokens of each rollout, in
 * the order in which they run. It knows levels and costs, and no target language.
 */
import type { Level } from '../../base/level.js';
import type { Attains, Expr, Reduce, Scan } from '../../ir/expr.js';

/** A loop that looks at no token. */
export interface CoarseLoop {
  readonly kind: 'loop';
  /** `batch` is no loop: its values are computed once. `peer` runs over every pair of a rollout and another of its group. */
  readonly over: 'batch' | 'group' | 'rollout' | 'peer';
  /** What is computed at each element, operands first. */
  readonly computes: readonly Expr[];
  /** What is gathered over the elements; its value is there when the loop has ended. */
  readonly folds: readonly Fold[];
}

/**
 * What a loop gathers: a reduction, or the place of an extreme (whose `attains` is true at that place alone). Over nothing
 * there is no place.
 */
export type Fold = Reduce | Attains;

/** Sorted values, one number of each set: their parts have been kept for every element. */
export interface Ordering {
  readonly kind: 'quantile';
  readonly node: Reduce;
}

/** For each rollout, its steps one after the other, so that its tokens stay near between two passes. */
export interface Rows {
  readonly kind: 'rows';
  readonly steps: readonly RowStep[];
}
export type RowStep = TokenPass | OwnCode | Along;

/** One walk over the tokens of a rollout, in order. */
export interface TokenPass {
  readonly kind: 'tokens';
  readonly computes: readonly Expr[];
  readonly folds: readonly Fold[];
  /** Values, here or coarser, that this rollout's later steps read at any of its tokens: one row of numbers each. */
  readonly keeps: readonly Expr[];
  /** Values that later loops read: a number for every token of the batch. */
  readonly stores: readonly Expr[];
  /** Positions in the plan's outputs. */
  readonly writes: readonly number[];
}
/** Values of the rollout itself, which its own tokens wait for. */
export interface OwnCode {
  readonly kind: 'own';
  readonly computes: readonly Expr[];
}
/** A running sum over a kept row, into another kept row. */
export interface Along {
  readonly kind: 'along';
  readonly node: Scan;
}
export type Block = CoarseLoop | Ordering | Rows;

export interface FusedOutput {
  readonly name: string;
  /** The level of what the output is for; the value may be coarser. */
  readonly level: Level;
  readonly value: Expr;
}

export interface FusedPlan {
  readonly blocks: readonly Block[];
  readonly outputs: readonly FusedOutput[];
  /** What the program calls a value. */
  readonly names: ReadonlyMap<Expr, string>;
  /** Coarse values that are read in another block, or another row step, than the one that computes or gathers them. */
  readonly shared: ReadonlySet<Expr>;
  /** Token values of which a number for every token is stored. */
  readonly stored: ReadonlySet<Expr>;
}
