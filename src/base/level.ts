/** The index sets of the language, `batch ⊃ group ⊃ rollout ⊃ token`: where a value lives. */

export const LEVELS = ['batch', 'group', 'rollout', 'token'] as const;
export type Level = (typeof LEVELS)[number];

const depth: Readonly<Record<Level, number>> = { batch: 0, group: 1, rollout: 2, token: 3 };

/** Whether `a` varies over strictly more than `b`: token is finer than rollout. */
export const isFiner = (a: Level, b: Level): boolean => depth[a] > depth[b];

/** The finer of two levels: where an elementwise operation on both lives. */
export const finer = (a: Level, b: Level): Level => (depth[a] >= depth[b] ? a : b);

/** The level that `agg[level]` reduces into; `undefined` for batch. */
export const parentOf = (level: Level): Level | undefined => LEVELS[depth[level] - 1];
