/** Numbers from a seed: the same everywhere. */

export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  readonly below: (n: number) => number;
  readonly pick: <Value>(list: readonly Value[]) => Value;
  readonly chance: (share: number) => boolean;
  readonly between: (low: number, high: number) => number;
}

export function randomOf(seed: number): Random {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next,
    below,
    pick: (list) => {
      const found = list[below(list.length)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
    chance: (share) => next() < share,
    between: (low, high) => low + (high - low) * next(),
  };
}
