/** What is measured on one backend, and what was found there: plain data, since each backend has a process of its own. */
import type { Size } from '../../vectors.js';
import type { BackendName } from '../backends/start.js';
import type { Settings } from '../settings.js';

/** One objective, compiled with kernels to a module that stands alone. */
export interface Subject {
  readonly name: string;
  readonly text: string;
  /** What it imports, and what that imports. */
  readonly imported: readonly { readonly name: string; readonly text: string }[];
  readonly objective: string;
  readonly code: string;
  /** The parameters of it that are given. */
  readonly settings: Settings;
  /** What its fused plans move for each token that counts, read and written. */
  readonly bytesPerToken: number;
}

export interface Job {
  readonly backend: BackendName;
  readonly cwd: string;
  readonly subjects: readonly Subject[];
  readonly sizes: readonly Size[];
  readonly seed: number;
  readonly rounds: number;
  /** The paths to measure beside `ops`; by default all of the backend. */
  readonly paths?: readonly string[];
  /** Whether the layout is prepared in every step, and not once. */
  readonly prepares: boolean;
}

/** One path on one batch. */
export interface PathTimes {
  readonly path: string;
  /** Why the module takes it, in the words of its `path()`. */
  readonly why: string;
  /** Milliseconds of each round: loss and gradients, until the loss is read. */
  readonly times: readonly number[];
  /** Kernels of tfjs in a step: all that its profile counts, views of the same values left out. */
  readonly kernels: number;
  /** Of WebGPU. */
  readonly dispatches?: number;
  /** The largest difference of a gradient from that of `ops`, as a share of the largest gradient; absent for `ops`. */
  readonly difference?: number;
}

export interface Measured {
  /** Which of the job's subjects and sizes. */
  readonly subject: number;
  readonly size: number;
  readonly groups: number;
  readonly tokens: number;
  readonly params: Settings;
  readonly paths: readonly PathTimes[];
  /** Paths that were asked for and do not run here. */
  readonly absent: readonly { readonly path: string; readonly why: string }[];
  /** Milliseconds in each round of a copy that moves as many bytes; absent where the plan moves none, or too many. */
  readonly copy?: readonly number[];
}

export type Found =
  | {
      /** The version of tfjs-core. */
      readonly tfjs: string;
      readonly notes: readonly string[];
      readonly measured: readonly Measured[];
    }
  | { readonly missing: { readonly message: string; readonly hint?: string } };
