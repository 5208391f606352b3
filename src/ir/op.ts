/**
 * What is known of an op, all in one record: value, range, direction, derivative, notation. Records are in `ops/`.
 * The tables are total over the closed unions, so that a missing record does not compile.
 */
import type { Interval } from '../base/interval.js';
import type {
  Attains,
  Binary,
  BinaryOp,
  Expr,
  Reduce,
  ReduceOp,
  Scan,
  Shift,
  Swap,
  Ternary,
  TernaryOp,
  Unary,
  UnaryOp,
} from './expr.js';

/** How an op is written, for people. Higher precedence binds tighter; see `PRECEDENCE`. */
export type Notation =
  | { readonly form: 'function'; readonly name: string; readonly latex: string }
  | { readonly form: 'prefix'; readonly symbol: string; readonly latex: string; readonly precedence: number }
  | {
      readonly form: 'infix';
      readonly symbol: string;
      readonly latex: string;
      readonly precedence: number;
      /** Whether `a ∘ (b ∘ c)` may be written without parentheses. */
      readonly associative: boolean;
    };

export const PRECEDENCE = { or: 1, and: 2, not: 3, compare: 4, sum: 5, term: 6, sign: 7, power: 8 } as const;

/**
 * What an operand receives when the node receives `value`: its adjoint before it is summed up to the operand's level.
 * With a guard, only elements where the guard holds receive anything; nothing is multiplied elsewhere.
 */
export interface Contribution {
  readonly to: Expr;
  readonly value: Expr;
  readonly guard?: Expr;
  /** For a reduction: the operand stands beside the elements, at the outer level, and not for each of them. */
  readonly asAnchor?: true;
}

/** An adjoint: a value, and the condition under which anything is received at all. */
export interface Guarded {
  /** At the level of what receives it, or coarser. */
  readonly value: Expr;
  /** Absent: always received. */
  readonly guard?: Expr;
}

export type Direction = 'increasing' | 'decreasing' | 'neither';

export interface UnaryRecord {
  readonly notation: Notation;
  /** Booleans are 0 and 1. */
  readonly eval: (x: number) => number;
  readonly range: (x: Interval) => Interval;
  readonly direction: Direction;
  readonly vjp: (adjoint: Expr, node: Unary) => readonly Contribution[];
}
export interface BinaryRecord {
  readonly notation: Notation;
  readonly eval: (x: number, y: number) => number;
  readonly range: (x: Interval, y: Interval) => Interval;
  readonly vjp: (adjoint: Expr, node: Binary) => readonly Contribution[];
}
export interface TernaryRecord {
  readonly notation: Notation;
  readonly eval: (x: number, y: number, z: number) => number;
  readonly range: (x: Interval, y: Interval, z: Interval) => Interval;
  readonly vjp: (adjoint: Expr, node: Ternary) => readonly Contribution[];
}
export interface ReduceRecord {
  readonly notation: string;
  /** The value over the elements of one index set, in order; empty for an empty set. `q` is that of a quantile. */
  readonly eval: (elements: readonly number[], q: number) => number;
  /** Over any number of elements of the given range, none included when `canBeEmpty`. */
  readonly range: (x: Interval, canBeEmpty: boolean) => Interval;
  /** Contributions at level `from`; the index set's condition is added as a guard by the engine. */
  readonly vjp: (adjoint: Expr, node: Reduce) => readonly Contribution[];
}
/** An op that moves values from element to element without a change. */
export interface MovingRecord<Node extends Expr> {
  readonly range: (x: Interval) => Interval;
  /**
   * What the operands receive. An adjoint moves back as a whole: the guards of these contributions are the node's own,
   * moved, and no other is added.
   */
  readonly transport: (adjoint: Guarded, node: Node) => readonly Contribution[];
}
export interface AttainsRecord {
  /** Which position holds the extreme, first in order; −1 for none. NaN is an extreme, as in `max` and `min`. */
  readonly position: (extreme: Attains['extreme'], elements: readonly number[]) => number;
}

export interface ScanRecord {
  /** Along one rollout: y_t from x_t and the y before it in the direction of the scan; without one, y_t is x_t. */
  readonly eval: (x: number, before: number, gamma: number) => number;
  /** Over any number of tokens; without `gamma`, γ is 1. */
  readonly range: (x: Interval, gamma: Interval | undefined) => Interval;
  /** What operands receive, complete: the adjoint's guard has moved with its value. */
  readonly transport: (adjoint: Guarded, node: Scan) => readonly Contribution[];
}
export interface ShiftRecord {
  readonly range: (x: Interval, fill: Interval) => Interval;
  /** What operands receive, complete: the adjoint's guard has moved with its value. */
  readonly transport: (adjoint: Guarded, node: Shift) => readonly Contribution[];
}

export interface OpTable {
  readonly unary: { readonly [op in UnaryOp]: UnaryRecord };
  readonly binary: { readonly [op in BinaryOp]: BinaryRecord };
  readonly ternary: { readonly [op in TernaryOp]: TernaryRecord };
  readonly reduce: { readonly [op in ReduceOp]: ReduceRecord };
  readonly attains: AttainsRecord;
  readonly swap: MovingRecord<Swap>;
  readonly scan: ScanRecord;
  readonly shift: ShiftRecord;
}
