/** The type of a value: what it is, and the level at which it varies. */
import type { IndexLevel, Level } from '../base/level.js';

/** A tag is an integer id: an input or a literal, and only ever an operand of `eq` or `ne`. */
export type Kind = 'real' | 'bool' | 'tag';

export interface Type<L extends IndexLevel = Level> {
  readonly kind: Kind;
  readonly level: L;
}
