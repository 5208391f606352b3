/** The index sets of the language, `batch ⊃ group ⊃ rollout ⊃ token`: where a value lives. */

export const LEVELS = ['batch', 'group', 'rollout', 'token'] as const;
export type Level = (typeof LEVELS)[number];

/**
 * A level of the language, or `peer`, which no program can name: a rollout together with another one of its group.
 * `[others]` runs over a rollout's peers. No value varies by token and by peer.
 */
export type IndexLevel = Level | 'peer';

const depth: Readonly<Record<IndexLevel, number>> = { batch: 0, group: 1, rollout: 2, token: 3, peer: 3 };

/** Whether `a` varies over strictly more than `b`: token is finer than rollout. */
export const isFiner = (a: IndexLevel, b: IndexLevel): boolean => depth[a] > depth[b];

/** The finer of two levels: where an elementwise operation on both lives. */
export function finer<L extends IndexLevel>(a: L, b: L): L {
  if (a !== b && depth[a] === depth[b]) throw new Error(`internal: ${a} meets ${b}`);
  return depth[a] >= depth[b] ? a : b;
}

/** The level that `agg[level]` reduces into; `undefined` for batch. */
export const parentOf = (level: IndexLevel): Level | undefined => LEVELS[depth[level] - 1];

/** The level of a value that a program can name: never `peer`. */
export function nameable(level: IndexLevel): Level {
  if (level === 'peer') throw new Error('internal: a value per peer has no name');
  return level;
}

/** Whether an element of a coarser level may hold none of this one: a rollout no token, and a group of one no others. */
export const mayBeEmpty = (level: IndexLevel): boolean => level === 'token' || level === 'peer';
