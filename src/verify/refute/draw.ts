/** Candidates for witnesses: every number of a scene from a few short decimals inside its domain. */
import { fixedDomain, inDomain, type Domain, type FixedDomain } from '../../base/domain.js';
import type { InputInfo, ParamInfo } from '../../ir/program.js';
import { isLogProbability } from '../../vectors/inputs.js';
import { pick, type Random } from '../../vectors/random.js';
import { clean, DIFFERENCES } from './numbers.js';
import type { Scene } from './scene.js';
import type { Subject } from './subject.js';

/** What one number of a scene may be. */
export interface Possible {
  readonly info: InputInfo | ParamInfo;
  readonly isParam: boolean;
  readonly isLogProbability: boolean;
  /** The plainest first, inside the domain where that is fixed; of a log-probability, its distance from the others. */
  readonly grid: readonly number[];
  /** Of a log-probability: the grid so far below 0, as far as a fixed domain has it; held to at most 0 where that is asked for. */
  readonly below: (depth: number, probable: boolean) => readonly number[];
  /** Whether the domain has an end that is a parameter, so that the grid may lie outside of it. */
  readonly isDependent: boolean;
}

export interface Drawing {
  /** Whether parameters keep their defaults. */
  readonly usual: boolean;
  /** Whether log-probabilities are held to at most 0. */
  readonly probable: boolean;
  /** How far below 0 log-probabilities lie, around which they differ. */
  readonly depths: readonly number[];
}

const POSITIVE = [
  1, 0.5, 2, 0.1, 0.2, 0.9, 5, 10, 0.01, 0.05, 0.3, 0.8, 0.99, 1.5, 3, 100, 0.001, 1000, 20, 50,
];
const REALS = [...DIFFERENCES, 20, -20, 100, -100];
const REWARDS = [1, 0, 0.5, -1, 2];

/** Decimals inside an interval, the plainest first, and some near its ends. */
function gridOf(domain: Domain): readonly number[] {
  if (domain.kind === 'set') return domain.values;
  const { low, high } = domain.kind === 'dependent' ? domain.hull : domain.interval;
  if (domain.integer) return [1, 2, 0, 3, 5, 10, 100, low, low + 1].filter(Number.isFinite);
  const middle = Number.isFinite(low) && Number.isFinite(high) ? [(low + high) / 2] : [];
  const above = Number.isFinite(low) ? [low, ...[1, 0.1, 0.01, 0.001].map((one) => low + one)] : [];
  const below = Number.isFinite(high) ? [high, ...[0.1, 0.01, 0.001, 1].map((one) => high - one)] : [];
  const all = [0, ...POSITIVE, ...(low < 0 ? REALS : []), ...middle, ...above, ...below].map(clean);
  return [...new Set(all)];
}

/** The grid around a depth, made once for each. */
function gridBelow(domain: Domain | undefined): Possible['below'] {
  const known = new Map<string, readonly number[]>();
  const isInside = (value: number): boolean =>
    domain === undefined || domain.kind === 'dependent' || inDomain(domain, value);
  return (depth, probable) => {
    const key = `${String(depth)} ${String(probable)}`;
    const all = (): readonly number[] => [
      ...DIFFERENCES.map((difference) => clean(difference - depth)),
      -depth,
      -1,
    ];
    const found = known.get(key) ?? all().filter((value) => !(probable && value > 0) && isInside(value));
    known.set(key, found);
    return found;
  };
}

export function possibilities({ program }: Subject, scene: Scene): readonly Possible[] {
  const params = new Map(program.params.map((info) => [info.name, info]));
  const inputs = new Map(program.inputs.map((info) => [info.name, info]));
  const ofInput = (info: InputInfo): Possible => {
    const { domain } = info;
    const logs = info.role !== 'tag' && isLogProbability(info);
    const grid =
      info.role === 'tag'
        ? [0, 1, 2]
        : logs
          ? DIFFERENCES
          : domain !== undefined
            ? gridOf(domain)
            : /reward|score/i.test(info.name)
              ? REWARDS
              : REALS;
    return possible(info, false, logs, grid);
  };
  const possible = (
    info: Possible['info'],
    isParam: boolean,
    logs: boolean,
    grid: readonly number[],
  ): Possible => {
    const { domain } = info;
    const isDependent = domain?.kind === 'dependent';
    const inside =
      domain === undefined || domain.kind === 'dependent' || logs
        ? grid
        : grid.filter((value) => inDomain(domain, value));
    const below = gridBelow(domain);
    return { info, isParam, isLogProbability: logs, grid: inside, below, isDependent };
  };
  const known = new Map<string, Possible>();
  return scene.slots.map(({ name }) => {
    const param = params.get(name);
    const input = inputs.get(name);
    const found =
      known.get(name) ??
      (param !== undefined
        ? possible(param, true, false, gridOf(param.domain))
        : input !== undefined
          ? ofInput(input)
          : undefined);
    if (found === undefined) throw new Error(`internal: nothing is known of ${name}`);
    known.set(name, found);
    return found;
  });
}

/** The domain of a number, as the parameters of the same candidate make it. */
export function domainOf({ info }: Possible, scene: Scene, values: Float64Array): FixedDomain | undefined {
  if (info.domain === undefined) return undefined;
  if (info.domain.kind !== 'dependent') return info.domain;
  return fixedDomain(info.domain, (name) => values[scene.startOf.get(name) ?? -1]);
}

export function isPossible(
  possible: Possible,
  scene: Scene,
  values: Float64Array,
  value: number,
  drawing: Drawing,
): boolean {
  if (!Number.isFinite(value)) return false;
  if (drawing.probable && possible.isLogProbability && value > 0) return false;
  const domain = domainOf(possible, scene, values);
  if (possible.info.domain !== undefined && domain === undefined) return false;
  return domain === undefined || inDomain(domain, value);
}

/** Whether the numbers of some slots keep their domains, and those whose domains depend on others. */
export const arePossible = (
  slots: readonly number[],
  possible: readonly Possible[],
  scene: Scene,
  values: Float64Array,
  drawing: Drawing,
): boolean => {
  const fits = (one: Possible, at: number): boolean =>
    isPossible(one, scene, values, values[at] ?? NaN, drawing);
  return (
    slots.every((at) => possible[at] === undefined || fits(possible[at], at)) &&
    possible.every((one, at) => !one.isDependent || fits(one, at))
  );
};

/** Whether every number keeps its domain. */
export const allPossible = (
  possible: readonly Possible[],
  scene: Scene,
  values: Float64Array,
  drawing: Drawing,
): boolean => possible.every((one, at) => isPossible(one, scene, values, values[at] ?? NaN, drawing));

/** One candidate; nothing where no number of a grid fits its domain. */
export function drawn(
  possible: readonly Possible[],
  scene: Scene,
  drawing: Drawing,
  random: Random,
): Float64Array | undefined {
  const values = new Float64Array(possible.length).fill(NaN);
  const depth = pick(random, drawing.depths) ?? 5;
  /** A calm candidate has equal log-probabilities: what holds on the policy itself is seen there only. */
  const calm = random.chance(0.25);
  const even = new Map<string, number>();
  const alike = random.chance(0.2);
  for (const [at, one] of possible.entries()) {
    const { info } = one;
    const fits = (value: number): boolean => isPossible(one, scene, values, value, drawing);
    const fitting = (grid = one.grid): readonly number[] => (one.isDependent ? grid.filter(fits) : grid);
    const choose = (): number | undefined => {
      if (one.isParam) {
        const usual = 'default' in info ? info.default : undefined;
        if (usual !== undefined && fits(usual) && (drawing.usual || random.chance(0.4))) return usual;
        return drawing.usual ? fitting()[0] : pick(random, fitting());
      }
      if (one.isLogProbability) {
        return calm && fits(-depth) ? -depth : pick(random, fitting(one.below(depth, drawing.probable)));
      }
      // The plain half of a grid is drawn more often than the rest.
      const all = fitting();
      return random.chance(0.6) ? all[random.below(Math.min(5, all.length))] : pick(random, all);
    };
    const value = (alike ? even.get(info.name) : undefined) ?? choose();
    if (value === undefined || !fits(value)) return undefined;
    even.set(info.name, value);
    values[at] = value;
  }
  return values;
}
