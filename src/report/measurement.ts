/** Measurements as data: times of the same work in several ways, round by round, and what can be said of them. */

/** The middle of some measurements, and the quartiles around it. */
export interface Spread {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
}

/** Milliseconds of each round. The least is nearest to what a machine without other work would show. */
export interface Times extends Spread {
  readonly least: number;
}
export const timesOf = (values: readonly number[]): Times => ({
  ...spreadOf(values),
  least: Math.min(...values),
});

/** The median and the quartiles, between the two nearest measurements where none is there; NaN of none. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const [below = NaN, above = NaN] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: at(0.5), lower: at(0.25), upper: at(0.75) };
}

/** The ratio in each round, which both contenders had the same machine in. */
export const ratios = (over: readonly number[], under: readonly number[]): Spread =>
  spreadOf(over.map((one, round) => one / (under[round] ?? NaN)));

/**
 * The largest difference of two sets of gradients, as a share of the largest entry of the first: of the gradient for
 * which it is most. NaN where an entry is not a number in either, Infinity where sizes or names differ.
 */
export function largestDifference(
  first: Readonly<Record<string, ArrayLike<number>>>,
  second: Readonly<Record<string, ArrayLike<number>>>,
): number {
  let most = Object.keys(first).length === Object.keys(second).length ? 0 : Infinity;
  for (const [name, expected] of Object.entries(first)) {
    const found = second[name];
    const own = found?.length === expected.length ? differenceOf(expected, found) : Infinity;
    if (!(own <= most)) most = own;
    if (Number.isNaN(most)) return NaN;
  }
  return most;
}

function differenceOf(expected: ArrayLike<number>, found: ArrayLike<number>): number {
  let [largest, difference] = [0, 0];
  for (let at = 0; at < expected.length; at += 1) {
    const [one, other] = [expected[at] ?? NaN, found[at] ?? NaN];
    const apart = Math.abs(one - other);
    if (Number.isNaN(apart)) return NaN;
    largest = Math.max(largest, Math.abs(one));
    difference = Math.max(difference, apart);
  }
  return difference === 0 ? 0 : difference / largest;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly platform: string;
  readonly node: string;
  /** The version of tfjs-core. */
  readonly tfjs: string;
}

/** What all measurements of a run have in common. */
export interface BenchSettings {
  readonly rounds: number;
  readonly seed: number;
  readonly kept: number;
  /** How far gradients may be apart, as a share of the largest. */
  readonly rtol: number;
  /** Whether every step prepares a layout. */
  readonly prepares: boolean;
}

export interface PathMeasurement {
  readonly path: string;
  readonly why: string;
  /** Milliseconds of one loss with its gradients. */
  readonly time: Times;
  /** How many times faster than `ops`, by rounds. */
  readonly faster: Spread;
  readonly kernels: number;
  readonly dispatches?: number;
  /** The speed of a plain copy over this one's, by rounds; absent where there is no copy. */
  readonly ofCopy?: Spread;
  /** Of gradients from those of `ops`, as a share of the largest; absent for `ops`. */
  readonly difference?: number;
}

/** One objective on one batch, on one backend. */
export interface Measurement {
  readonly file: string;
  readonly objective: string;
  readonly backend: string;
  /** B and T. */
  readonly shape: readonly [number, number];
  readonly groups: number;
  /** Those that count. */
  readonly tokens: number;
  readonly params: Readonly<Record<string, number>>;
  /** What fused plans read and write for each token. */
  readonly bytesPerToken: { readonly read: number; readonly written: number };
  /** Milliseconds of a copy that moves as many bytes. */
  readonly copy?: Times;
  readonly paths: readonly PathMeasurement[];
  /** Paths that were asked for and do not run here. */
  readonly absent: readonly { readonly path: string; readonly why: string }[];
}

export interface Bench {
  readonly machine: Machine;
  readonly settings: BenchSettings;
  readonly measurements: readonly Measurement[];
  readonly missing: readonly { readonly backend: string; readonly message: string; readonly hint?: string }[];
}

/** All bytes that the plan moves for a batch. */
export const bytesOf = ({ tokens, bytesPerToken: { read, written } }: Measurement): number =>
  tokens * (read + written);

/** 10⁹ bytes per second, for so many bytes in so many milliseconds. */
export const bandwidth = (bytes: number, milliseconds: number): number => bytes / milliseconds / 1e6;

/** The paths whose gradients are too far from those of `ops`; gradients that are not numbers are. */
export const disagreeing = ({
  measurements,
  settings: { rtol },
}: Bench): readonly (readonly [Measurement, PathMeasurement])[] =>
  measurements.flatMap((one) =>
    one.paths.filter(({ difference = 0 }) => !(difference <= rtol)).map((path) => [one, path] as const),
  );
