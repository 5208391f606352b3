/** The index sets of one batch: ragged, with no padding and no mask. A masked position does not exist here. */
import type { Level } from './level.js';

export interface Ragged {
  /** Number of elements at each level; `batch` is 1. */
  readonly sizes: Readonly<Record<Level, number>>;
  /** For each rollout in row order, the position of its group; groups are in ascending order of id. */
  readonly groupOfRollout: Int32Array;
  /** For each token, in order of row and then position, the row of its rollout. */
  readonly rolloutOfToken: Int32Array;
}

/** For each element of `from`, the position of the element of the coarser (or same) level `to` that holds it. */
export function ancestors(ragged: Ragged, from: Level, to: Level): Int32Array {
  const size = ragged.sizes[from];
  if (from === to) return Int32Array.from({ length: size }, (_, at) => at);
  if (to === 'batch') return new Int32Array(size);
  if (from === 'token') {
    if (to === 'rollout') return ragged.rolloutOfToken;
    return ragged.rolloutOfToken.map((row) => ragged.groupOfRollout[row] ?? 0);
  }
  return ragged.groupOfRollout;
}

/** Values of a coarser (or the same) level as seen from each element of `to`. */
export function spread(values: Float64Array, ragged: Ragged, from: Level, to: Level): Float64Array {
  if (from === to) return values;
  return Float64Array.from(ancestors(ragged, to, from), (index) => values[index] ?? NaN);
}
