/** What a backend is: templates that are total over the ops, and files made from a program. */
import type { BinaryOp, ReduceOp, ScanDirection, TernaryOp, UnaryOp } from '../ir/expr.js';
import type { Kind } from '../ir/type.js';
import type { DerivedProgram, Wording } from '../ir/program.js';

export type Language = 'ts' | 'js';
export interface EmitOptions {
  readonly language?: Language;
  /** Whether the code carries what it needs of `veriloss/runtime` instead of importing it. */
  readonly standalone?: boolean;
  /** Whether a module of tfjs carries kernels for the backends that have them, and runs them there: unless it is false. */
  readonly kernels?: boolean;
  /** Whether code is laid out for people, unless it is false: what is only run needs no layout. */
  readonly layout?: boolean;
}
export interface Provenance {
  /** SHA-256 of the source text, in hexadecimal. */
  readonly sourceHash: string;
  /** The compiler's version. */
  readonly version: string;
  /** How the source words its values, for docstrings; else the ir is printed. */
  readonly wording?: Wording;
}
export interface EmittedFile {
  readonly path: string;
  readonly text: string;
  /** What the file holds, where that is no text: then `text` lists it for people. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
}
export interface Backend {
  readonly name: Target;
  /** Files for a program that is simplified for code. Same program and options, same bytes. */
  readonly emit: (
    program: DerivedProgram,
    options: EmitOptions & Provenance,
  ) => Promise<readonly EmittedFile[]>;
}
export type Target = 'tfjs' | 'js' | 'wasm' | 'savedmodel';

/** How elementwise ops are written; a missing template does not compile. */
export interface ElementwiseTemplates {
  readonly unary: { readonly [op in UnaryOp]: (x: string) => string };
  /** `kind` is that of the operands; a `hint` is the comparison of both, where it is at hand. */
  readonly binary: { readonly [op in BinaryOp]: (x: string, y: string, kind: Kind, hint?: string) => string };
  readonly ternary: { readonly [op in TernaryOp]: (x: string, y: string, z: string, kind: Kind) => string };
}
export interface Reduction {
  /** `rollout in group`. */
  readonly set: string;
  readonly x: string;
  readonly where: string | undefined;
  /** The anchor, or the q of a quantile. */
  readonly beside: string | undefined;
}
export interface ReductionTemplates {
  readonly reduce: { readonly [op in ReduceOp]: (reduction: Reduction) => string };
  readonly count: (set: string, where: string | undefined) => string;
  readonly attains: (extreme: 'max' | 'min', reduction: Reduction) => string;
  /** Of a value per rollout, the value at the other; of one per peer, that with both exchanged. */
  readonly swap: (x: string, of: 'rollout' | 'peer') => string;
}
/** What goes along a rollout. */
export interface AlongTemplates {
  readonly scan: (direction: ScanDirection, x: string, gamma: string | undefined) => string;
  /** Conditions have no filling: they are false where there is no token. */
  readonly shift: (x: string, by: number, fill: string | undefined) => string;
  /** Whether there is a token `by` places earlier. */
  readonly place: (by: number) => string;
}
