/** The shapes of batches: which rollout is in which group, and which positions count. */
import { pick, shuffled, type Random } from './random.js';

export interface Shape {
  /** Ids, one per rollout. */
  readonly group: readonly number[];
  /** [B][T] of 0 and 1. */
  readonly mask: readonly (readonly number[])[];
}

const ones = (length: number, width: number): readonly number[] =>
  Array.from({ length: width }, (_, at) => (at < length ? 1 : 0));

/** Rollouts of these lengths, each from the first position on, padded to the longest (or to `width`). */
export const padded = (
  group: readonly number[],
  lengths: readonly number[],
  width = Math.max(1, ...lengths),
): Shape => ({
  group,
  mask: lengths.map((length) => ones(length, width)),
});

/** Groups of equal size, side by side, of lengths from 2 to `longest`. */
export function regular(random: Random, groups: number, size: number, longest: number): Shape {
  const group = Array.from({ length: groups * size }, (_, row) => Math.floor(row / size));
  return padded(
    group,
    group.map(() => 2 + random.below(longest - 1)),
    longest,
  );
}

const IDS = [7, -3, 1000, 0, 12];

/** Groups of these sizes, with ids of any sign in any order of rows, and positions that do not count anywhere. */
export function scattered(random: Random, sizes: readonly number[], width: number): Shape {
  const group = shuffled(
    random,
    sizes.flatMap((size, at) => Array.from({ length: size }, () => IDS[at % IDS.length] ?? at)),
  );
  const mask = group.map(() => {
    const row = Array.from({ length: width }, () => (random.chance(0.7) ? 1 : 0));
    const only = random.below(width);
    return row.includes(1) ? row : row.map((_, at) => (at === only ? 1 : 0));
  });
  return { group, mask };
}

/** Group sizes that are not all the same. */
export const raggedSizes = (random: Random): readonly number[] =>
  pick(random, [
    [4, 2, 3],
    [1, 5, 2],
    [3, 2, 1, 2],
  ]) ?? [2];
