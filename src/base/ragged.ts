/** The index sets of one batch: ragged, with no padding and no mask. A masked position does not exist here. */
import type { IndexLevel, Level } from './level.js';

export interface Ragged {
  /** Number of elements at each level; `batch` is 1. */
  readonly sizes: Readonly<Record<Level, number>>;
  /** For each rollout in row order, the position of its group; groups are in ascending order of id. */
  readonly groupOfRollout: Int32Array;
  /** For each token, in order of row and then position, the row of its rollout. */
  readonly rolloutOfToken: Int32Array;
}

/** Every rollout with every other one of its group, in order of its row and then of the other's. */
export interface Peers {
  /** For each pair, the row of the rollout. */
  readonly rollout: Int32Array;
  /** For each pair, where the pair of the same two rollouts stands whose other is this one's rollout. */
  readonly opposite: Int32Array;
}

export function peersOf({ groupOfRollout }: Ragged): Peers {
  const members = new Map<number, number[]>();
  const rankOf = Array.from(groupOfRollout, (group, row) => {
    const rows = members.get(group) ?? [];
    members.set(group, rows);
    return rows.push(row) - 1;
  });
  const groupOf = (row: number): readonly number[] => members.get(groupOfRollout[row] ?? 0) ?? [];
  let pairs = 0;
  const starts = rankOf.map((_, row) => (pairs += groupOf(row).length - 1) - (groupOf(row).length - 1));
  const rollout = new Int32Array(pairs);
  const opposite = new Int32Array(pairs);
  rankOf.forEach((rank, row) => {
    groupOf(row)
      .filter((other) => other !== row)
      .forEach((other, at) => {
        const pair = (starts[row] ?? 0) + at;
        rollout[pair] = row;
        // Among the other's own others, this row is one place earlier where the other comes before it.
        opposite[pair] = (starts[other] ?? 0) + rank - (other < row ? 1 : 0);
      });
  });
  return { rollout, opposite };
}

export const sizeOf = (ragged: Ragged, level: IndexLevel): number =>
  level === 'peer' ? peersOf(ragged).rollout.length : ragged.sizes[level];

/** For each element of `from`, the position of the element of the coarser (or same) level `to` that holds it. */
export function ancestors(ragged: Ragged, from: IndexLevel, to: IndexLevel): Int32Array {
  if (from === to) return Int32Array.from({ length: sizeOf(ragged, from) }, (_, at) => at);
  if (from === 'peer') {
    const holders = ancestors(ragged, 'rollout', to);
    return peersOf(ragged).rollout.map((row) => holders[row] ?? 0);
  }
  if (to === 'batch') return new Int32Array(ragged.sizes[from]);
  if (from === 'token') {
    if (to === 'rollout') return ragged.rolloutOfToken;
    return ragged.rolloutOfToken.map((row) => ragged.groupOfRollout[row] ?? 0);
  }
  return ragged.groupOfRollout;
}

/** Values of a coarser (or the same) level as seen from each element of `to`. */
export function spread(values: Float64Array, ragged: Ragged, from: IndexLevel, to: IndexLevel): Float64Array {
  if (from === to) return values;
  return Float64Array.from(ancestors(ragged, to, from), (index) => values[index] ?? NaN);
}
