/** Test vectors as data: a batch and parameters for one objective, and what it gives on them. */
import type { DenseValue } from '../batch/dense.js';
import type { Random } from './random.js';

/** A batch as the boundary has it: `group`, `mask`, and one member per input. */
export type Batch = Readonly<Record<string, DenseValue>>;
export type Params = Readonly<Record<string, number>>;

/** Numbers in lists and by name, however deep: losses and gradients of one objective or of several. */
export type Tree = number | readonly Tree[] | { readonly [name: string]: Tree };

export interface Case {
  /** Unique in its set; lower case and dashes, so that it can name a file. */
  readonly name: string;
  readonly family: string;
  readonly description: string;
  readonly batch: Batch;
  /** A value for every parameter. */
  readonly params: Params;
  /** The vector whose results are these as well: only what is masked differs. */
  readonly sameAs?: string;
  /** The vector with the same rollouts in another order: row i here is row `rows[i]` there. */
  readonly reorders?: { readonly name: string; readonly rows: readonly number[] };
}

export interface Result {
  readonly loss: Tree;
  readonly grad: Tree;
}
/** How far a result may be off, relative to each entry and, with `atol`, in absolute terms. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}
export interface Vector extends Case, Result {
  readonly metrics: Tree;
  readonly tolerance: {
    readonly float64: Tolerance;
    /** Absent where single precision overflows, or is too coarse for any digit to be right. */
    readonly float32?: Tolerance;
  };
}

/** What could not be generated, and why. */
export interface Gap {
  readonly family: string;
  readonly name?: string;
  readonly why: string;
}

export interface Made {
  readonly batch: Batch;
  /** Beside, or in place of, the parameters of the scene. */
  readonly params?: Params;
  readonly rows?: readonly number[];
}
/** A vector to be: drawn again, from another stream, while it breaks an assumption of the objective. */
export interface Draft {
  readonly name: string;
  readonly description: string;
  readonly make: (random: Random) => Made;
  /** Drafts with one stream draw the same numbers; by default each has its own. */
  readonly stream?: string;
  readonly sameAs?: string;
  readonly reorders?: string;
}
