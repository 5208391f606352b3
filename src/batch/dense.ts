/** A batch as it crosses the boundary: dense, padded, masked. What is inside the compiler is ragged; see `layout.ts`. */
import type { Domain } from '../base/domain.js';
import type { Level } from '../base/level.js';

/** A number at `batch`, [P] at `group`, [B] at `rollout`, [B][T] at `token`. */
export type DenseValue = number | readonly number[] | readonly (readonly number[])[];

export interface DenseBatch {
  /** [B] integer ids, in any order; the rollouts with one id are a group. */
  readonly group: readonly number[];
  /** [B][T], 1 where a token counts and 0 elsewhere; absent only where nothing has a value per token. */
  readonly mask?: readonly (readonly number[])[];
  /** One value per declared input, of the shape of its level. What stands at masked positions means nothing. */
  readonly values: ReadonlyMap<string, DenseValue>;
}

/** What an objective says of one input. */
export interface Declaration {
  readonly name: string;
  readonly level: Level;
  /** A `tag` is an integer id. */
  readonly role: 'model' | 'data' | 'tag';
  readonly domain?: Domain;
}

/** The first thing wrong with what a user gave: data for a report, not an exception. */
export interface Problem {
  /** What is the case; lower case unless it starts with a name, no full stop. */
  readonly message: string;
  /** At most one action that the reader can take. */
  readonly hint?: string;
  /** Where: `reward[3]`, `logp[0][2]`; empty for the whole. */
  readonly path: string;
}

/** Builds a problem; an undefined hint is left out. */
export const problem = (path: string, message: string, hint?: string): Problem =>
  hint === undefined ? { message, path } : { message, hint, path };
