/** Pseudo-random numbers for test vectors: the same seed and label give the same numbers on every machine. */

export interface Random {
  /** Uniform in [0, 1). */
  readonly unit: () => number;
  readonly between: (low: number, high: number) => number;
  /** An integer from 0 to n − 1. */
  readonly below: (n: number) => number;
  /** Around 0 with this standard deviation; never beyond three of them. */
  readonly near: (deviation: number) => number;
  readonly chance: (probability: number) => boolean;
}

const STEP = 0x9e3779b9;

/** Spreads every bit of a word over all of them. */
function mixed(word: number): number {
  let bits = word >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A stream of its own for each label, so that one more vector does not change the others. */
export function randomFrom(seed: number, label: string): Random {
  let state = mixed(seed);
  for (const character of label) state = mixed(state ^ ((character.codePointAt(0) ?? 0) + STEP));
  const unit = (): number => {
    state = (state + STEP) >>> 0;
    return mixed(state) / 2 ** 32;
  };
  return {
    unit,
    between: (low, high) => low + (high - low) * unit(),
    below: (n) => Math.floor(n * unit()),
    near: (deviation) => 2 * deviation * (unit() + unit() + unit() - 1.5),
    chance: (probability) => unit() < probability,
  };
}

/** One of a list; `undefined` only of none. */
export const pick = <Item>(random: Random, items: readonly Item[]): Item | undefined =>
  items[random.below(items.length)];

/** The same items in another order. */
export function shuffled<Item>(random: Random, items: readonly Item[]): readonly Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(random.below(left.length), 1));
}
