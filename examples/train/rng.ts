/** A small seeded random generator (sfc32) whose whole state is four integers, so that a checkpoint can hold it. */

/** Four unsigned 32-bit integers. */
export type RngState = readonly [number, number, number, number];

export interface Rng {
  /** The next number, uniform in [0, 1). */
  readonly uniform: () => number;
  /** The next integer, uniform in 0 … bound − 1. */
  readonly integer: (bound: number) => number;
  /** The next number of a standard normal distribution. */
  readonly normal: () => number;
  readonly state: () => RngState;
}

/** A generator that goes on from `state`. */
export function resumeRng(state: RngState): Rng {
  let [a, b, c, counter] = state;
  const next = (): number => {
    const out = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return out >>> 0;
  };
  const uniform = (): number => next() / 2 ** 32;
  return {
    uniform,
    integer: (bound) => Math.floor(uniform() * bound),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    state: () => [a >>> 0, b >>> 0, c >>> 0, counter >>> 0],
  };
}

/** A generator for `seed`; different `stream` numbers of one seed are unrelated to each other. */
export function createRng(seed: number, stream: number): Rng {
  const rng = resumeRng([seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, stream >>> 0, 1]);
  for (let warmUp = 0; warmUp < 16; warmUp++) rng.uniform();
  return rng;
}

/** The integers 0 … count − 1 in random order. */
export function shuffled(count: number, rng: Rng): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = rng.integer(last + 1);
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}
