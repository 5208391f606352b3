/** One value of an input or a parameter, inside its domain, of a size that one would meet. */
import { inDomain, type FixedDomain } from '../base/domain.js';
import type { Interval } from '../base/interval.js';
import type { DrawnInput } from './scene.js';
import { isLogProbability, isTag } from './inputs.js';
import { pick, type Random } from './random.js';

const GRID = 1024;
/** A short decimal that single precision holds exactly, so that an implementation in it starts from the same numbers. */
export function onGrid(value: number): number {
  const near = Math.round(value * GRID) / GRID;
  return Math.abs(value) >= 0.0625 && Math.abs(value) < 4096 ? near : Math.fround(value);
}

/** The part of a window that an interval holds; a window beside the interval's near end where it holds none of it. */
function within({ low, high }: Interval, [from, to]: readonly [number, number]): readonly [number, number] {
  const [start, end] = [Math.max(low, from), Math.min(high, to)];
  if (start < end) return [start, end];
  const size = Math.max(1, Math.abs(from > high ? high : low));
  return from > high
    ? [Number.isFinite(low) ? low : high - size, high]
    : [low, Number.isFinite(high) ? high : low + size];
}

/** A value strictly between the ends of a domain, or a member of a set; around the window where the domain allows. */
export function drawIn(
  random: Random,
  domain: FixedDomain | undefined,
  window: readonly [number, number],
): number {
  if (domain === undefined) return onGrid(random.between(...window));
  if (domain.kind === 'set') return pick(random, domain.values) ?? NaN;
  const [from, to] = within(domain.interval, window);
  if (domain.integer) {
    const [first, last] = [Math.ceil(from), Math.floor(to)];
    const drawn = first + random.below(last - first + 1);
    return inDomain(domain, drawn) ? drawn : inDomain(domain, first + 1) ? first + 1 : first;
  }
  const drawn = from + (to - from) * random.between(0.05, 0.95);
  return inDomain(domain, onGrid(drawn)) ? onGrid(drawn) : drawn;
}

const REWARDS = [0, 0, 0.25, 0.5, 1, 1];

/** The value of an input, references to a policy excepted: they follow the model. */
export function drawInput(random: Random, input: DrawnInput): number {
  const { name, domain } = input;
  if (isTag(input)) return random.below(4);
  if (isLogProbability(input)) return drawIn(random, domain, [-4, -0.03125]);
  if (/reward|score/i.test(name) && domain === undefined) return pick(random, REWARDS) ?? 0;
  if (/value|return/i.test(name)) return drawIn(random, domain, [-1, 1]);
  return drawIn(random, domain, [-2, 2]);
}
