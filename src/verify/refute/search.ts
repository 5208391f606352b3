/** Looks for a candidate that breaks a claim: draws, climbs from the best draw, then makes what was found plainer. */
import { randomFrom, type Random } from '../../vectors/random.js';
import type { Budget } from '../budget.js';
import { allPossible, drawn, type Drawing } from './draw.js';
import { clean, DIFFERENCES } from './numbers.js';
import type { Probe } from './probe.js';

/** What a candidate amounts to. */
export interface Found<T> {
  /** How far the claim is from holding, in any unit; it fails, as far as floating point can tell, above 0. */
  readonly margin: number;
  readonly what: T;
}
/** Nothing where the hypotheses do not hold or a value is missing. */
export type Goal<T> = (probe: Probe, values: Float64Array, drawing: Drawing) => Found<T> | undefined;

export interface Effort {
  readonly draws: number;
  readonly climbs: number;
  /** How often what was found may turn out not to be confirmed. */
  readonly attempts: number;
  /** Steps for one candidate. */
  readonly cost: number;
}

/** Steps that it takes to draw a candidate. */
const DRAWING = 8;

/** Small scenes are looked through more thoroughly than large ones; `looks` is how often one candidate is evaluated. */
export const effortFor = ({ scene, tape }: Probe, looks = 1): Effort => {
  const cost = Math.ceil(looks * (tape.length / 50 + 2)) + DRAWING;
  return scene.ragged.sizes.token + scene.ragged.sizes.rollout <= 4
    ? { draws: 60, climbs: 40, attempts: 4, cost }
    : { draws: 30, climbs: 20, attempts: 3, cost };
};

/** Steps that a confirmation takes. */
const CONFIRMING = 3000;

const DEPTHS = [5, 5, 1, 2, 12];
/** Log-probabilities at most 0 first; any others only where there is no such witness. */
export const drawingsFor = ({ possible }: Probe, depths: readonly number[] = DEPTHS): readonly Drawing[] => {
  const hasLogs = possible.some(({ isLogProbability }) => isLogProbability);
  return [true, ...(hasLogs ? [false] : [])].map((probable) => ({ usual: false, probable, depths }));
};

/** A candidate of this probe that `accept` takes. */
export function searched<T, W>(
  probe: Probe,
  goal: Goal<T>,
  drawing: Drawing,
  effort: Effort,
  budget: Budget,
  accept: (what: T, values: Float64Array) => W | undefined,
): W | undefined {
  const { subject, scene, possible } = probe;
  const random = randomFrom(scene.slots.length, `${subject.program.name} ${probe.own}`);
  const spent = (): boolean => !budget.spend(effort.cost);
  let best: { readonly values: Float64Array; readonly margin: number } | undefined;
  let left = effort.attempts;
  const tried = (values: Float64Array): W | undefined => {
    const found = goal(probe, values, drawing);
    if (found === undefined) return undefined;
    if (best === undefined || found.margin > best.margin) best = { values, margin: found.margin };
    if (!(found.margin > 0) || left === 0) return undefined;
    left -= 1;
    if (!budget.spend(CONFIRMING)) return undefined;
    return plainest(probe, values, found, goal, drawing, spent, accept);
  };
  for (let draw = 0; draw < effort.draws; draw += 1) {
    if (spent()) return undefined;
    const usual = draw % 2 === 0;
    const values = drawn(possible, scene, { ...drawing, usual }, random);
    const accepted = values === undefined ? undefined : tried(values);
    if (accepted !== undefined) return accepted;
  }
  for (let climb = 0; climb < effort.climbs && best !== undefined && best.margin <= 0; climb += 1) {
    if (spent()) return undefined;
    const next = neighbour(probe, best.values, random);
    const accepted = allPossible(possible, scene, next, drawing) ? tried(next) : undefined;
    if (accepted !== undefined) return accepted;
  }
  return undefined;
}

/** One number that is read, changed a little or to something else. */
function neighbour({ possible, tape, variable }: Probe, values: Float64Array, random: Random): Float64Array {
  const next = values.slice();
  const slots = [...tape.reads, ...(variable?.reads ?? [])];
  const slot = slots[random.below(slots.length)];
  const one = slot === undefined ? undefined : possible[slot];
  if (slot === undefined || one === undefined) return next;
  const before = next[slot] ?? NaN;
  const far = one.grid[random.below(one.grid.length)] ?? before;
  const step = DIFFERENCES[random.below(DIFFERENCES.length)] ?? 0;
  const ways = [far, before + step, before * 2, before / 2, before + step / 10];
  next[slot] = clean(ways[one.isLogProbability ? 1 + random.below(4) : random.below(5)] ?? before);
  return next;
}

const NEAR = [-1, 1, -0.5, 0.5, -2, 2];
/** How much smaller a margin may become for the sake of plainer numbers. */
const KEPT = 0.05;

/** The same failure with as many plain numbers as it takes; the candidate itself where the plain ones are not accepted. */
function plainest<T, W>(
  probe: Probe,
  values: Float64Array,
  found: Found<T>,
  goal: Goal<T>,
  drawing: Drawing,
  spent: () => boolean,
  accept: (what: T, values: Float64Array) => W | undefined,
): W | undefined {
  let plain = values;
  let reached = found;
  for (const [slot, one] of probe.possible.entries()) {
    const usual = 'default' in one.info ? one.info.default : undefined;
    const calm = one.isLogProbability
      ? plain.find((_, at) => probe.possible[at]?.isLogProbability === true)
      : undefined;
    const simple = one.isLogProbability
      ? [calm, -5, -1, ...NEAR.map((step) => clean((calm ?? -5) + step))]
      : [usual, ...one.grid.slice(0, 3)];
    for (const value of simple) {
      if (value === undefined || value === plain[slot]) break;
      if (spent()) break;
      const next = plain.slice();
      next[slot] = value;
      if (!allPossible(probe.possible, probe.scene, next, drawing)) continue;
      const better = goal(probe, next, drawing);
      if (better === undefined || !(better.margin > Math.min(found.margin, 1) * KEPT)) continue;
      [plain, reached] = [next, better];
      break;
    }
  }
  return accept(reached.what, plain) ?? (plain === values ? undefined : accept(found.what, values));
}
