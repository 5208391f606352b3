/** A family of test vectors: one question about an implementation, asked in a few ways. */
import type { Program } from '../ir/program.js';
import type { Draft, Params } from './vector.js';

export interface Scene {
  readonly program: Program;
  /** A value for every parameter: what was asked for, the default, or one inside the domain. */
  readonly params: Params;
  /** What was asked for: these stay as they are. */
  readonly given: Params;
  /** The size of every group, where assumptions allow no others: pairs, for preferences. */
  readonly groupSize?: number;
}

export interface Family {
  readonly name: string;
  /** What it asks of an implementation. */
  readonly title: string;
  /** The drafts, or why an objective has none. */
  readonly drafts: (scene: Scene) => readonly Draft[] | { readonly why: string };
}
