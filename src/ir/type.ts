/** The type of a value: what it is, and the level at which it varies. */
import type { IndexLevel, Level } from '../base/level.js';

export type Kind = 'real' | 'bool';

export interface Type<L extends IndexLevel = Level> {
  readonly kind: Kind;
  readonly level: L;
}
