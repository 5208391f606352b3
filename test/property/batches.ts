/** Random ragged batches for property tests, from a seed. */
import type { Ragged } from '../../src/base/ragged.js';
import type { Level } from '../../src/base/level.js';

/** A small generator of uniform doubles in [0, 1): reproducible, and good enough for test inputs. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Groups of unequal size in any order of rows, rollouts of any length: with `withEmpty`, some of length 0. */
export function randomRagged(random: () => number, withEmpty = true): Ragged {
  const groups = 1 + Math.floor(random() * 3);
  const rollouts = groups + Math.floor(random() * 5);
  const groupOfRollout = Int32Array.from({ length: rollouts }, (_, row) =>
    row < groups ? row : Math.floor(random() * groups),
  );
  for (let at = rollouts - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const held = groupOfRollout[at] ?? 0;
    groupOfRollout[at] = groupOfRollout[other] ?? 0;
    groupOfRollout[other] = held;
  }
  const shortest = withEmpty ? 0 : 1;
  const rolloutOfToken = Int32Array.from(
    [...groupOfRollout].flatMap((_, row) => Array<number>(shortest + Math.floor(random() * 4)).fill(row)),
  );
  return {
    sizes: { batch: 1, group: groups, rollout: rollouts, token: rolloutOfToken.length },
    groupOfRollout,
    rolloutOfToken,
  };
}

/** One value per element of a level, each from `draw`. */
export const valuesAt = (ragged: Ragged, level: Level, draw: () => number): Float64Array =>
  Float64Array.from({ length: ragged.sizes[level] }, draw);
