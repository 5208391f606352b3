/** The type of a value: what it is, and the level at which it varies. */
import type { Level } from '../base/level.js';

export type Kind = 'real' | 'bool';

export interface Type {
  readonly kind: Kind;
  readonly level: Level;
}
