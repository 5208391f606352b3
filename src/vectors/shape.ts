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

/** What the groups of a scene may be: see `Scene`. */
interface Sized {
  readonly groupSize?: number;
}

/** Groups of equal size, side by side, of lengths from 2 to `longest`; as many rollouts, if the size may not be. */
export function regular(
  { groupSize }: Sized,
  random: Random,
  wantedGroups: number,
  wantedSize: number,
  longest: number,
): Shape {
  const size = groupSize ?? wantedSize;
  const groups = Math.max(2, Math.round((wantedGroups * wantedSize) / size));
  const group = Array.from({ length: groups * size }, (_, row) => Math.floor(row / size));
  return padded(
    group,
    group.map(() => 2 + random.below(longest - 1)),
    longest,
  );
}

const IDS = [7, -3, 1000, 0, 12];

/** Groups of these sizes, with ids of any sign in any order of rows, and positions that do not count anywhere. */
export function scattered(
  { groupSize }: Sized,
  random: Random,
  wanted: readonly number[],
  width: number,
): Shape {
  const rollouts = wanted.reduce((sum, one) => sum + one, 0);
  const sizes =
    groupSize === undefined
      ? wanted
      : Array.from({ length: Math.floor(rollouts / groupSize) }, () => groupSize);
  const group = shuffled(
    random,
    sizes.flatMap((size, at) =>
      Array.from({ length: size }, () => (IDS[at % IDS.length] ?? 0) + 31 * Math.floor(at / IDS.length)),
    ),
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
