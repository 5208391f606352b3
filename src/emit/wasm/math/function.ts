/** What a vector function is: code for four lanes of one op, inlined where it is used, and how far it is from the op. */
import type { BinaryOp, TernaryOp, UnaryOp } from '../../../ir/expr.js';
import type { Kind } from '../../../ir/type.js';
import type { Code, Local } from '../code.js';

/**
 * Every function takes locals of type v128 and answers one: four float32 for reals, four integers for tags; for
 * conditions lanes of all ones, which are true, or all zeros. It may answer an operand, and sets none.
 */
interface Bounded {
  /**
   * The distance to the op's own float64 value rounded to float32, at most, in float32 numbers; of two NaN 0. Subnormal
   * numbers count as they are. It is the same with and without relaxed SIMD.
   */
  readonly ulp: number;
}
export interface UnaryFunction extends Bounded {
  readonly emit: (code: Code, x: Local) => Local;
}
export interface BinaryFunction extends Bounded {
  /** `kind` is that of the operands. */
  readonly emit: (code: Code, x: Local, y: Local, kind: Kind) => Local;
}
export interface TernaryFunction extends Bounded {
  readonly emit: (code: Code, x: Local, y: Local, z: Local) => Local;
}
export interface VectorFunctions {
  readonly unary: { readonly [op in UnaryOp]: UnaryFunction };
  readonly binary: { readonly [op in BinaryOp]: BinaryFunction };
  readonly ternary: { readonly [op in TernaryOp]: TernaryFunction };
}
