/** Two or three values of what a claim varies, all else fixed, that break a claim on the shape of a function. */
import type { Expr } from '../../../ir/expr.js';
import type { Budget } from '../../budget.js';
import { pointsOf } from '../confirm.js';
import { OFFSETS, decimalsBetween } from '../numbers.js';
import { along, type Mover, type Probe, type Sample } from '../probe.js';
import type { Drawing } from '../draw.js';
import { witnessOf, type Refutation } from '../report.js';
import { inScenes, type Places } from '../scenes.js';
import { effortFor, searched, type Found, type Goal } from '../search.js';
import type { Subject } from '../subject.js';
import { inOrder, type Forbidden } from './forbidden.js';

interface Broken {
  readonly mover: Mover;
  readonly samples: readonly Sample[];
}

export function refuteShape(
  subject: Subject,
  forbidden: Forbidden,
  budget: Budget,
  places: Places = {},
): Refutation | undefined {
  const goal: Goal<Broken> = (probe, values, drawing) => brokenAt(probe, values, drawing, forbidden);
  return inScenes(subject, places, budget, (probe, drawing) =>
    searched(probe, goal, drawing, effortFor(probe, OFFSETS.length), budget, ({ mover, samples }, values) => {
      const points = pointsOf(probe, mover, values, samples);
      const isBroken = points !== undefined && inOrder(points) && forbidden.isSure(points);
      return isBroken ? witnessOf(probe, points, mover) : undefined;
    }),
  );
}

/** "No path at all" is about every element: what is varied may be anyone's. */
export const anyone = ({ type: { level } }: Expr): Places => ({
  variedAt: ({ ragged }) => {
    const size = level === 'peer' ? 0 : ragged.sizes[level];
    return Array.from({ length: size }, (_, element) => element);
  },
});

function brokenAt(
  probe: Probe,
  values: Float64Array,
  drawing: Drawing,
  forbidden: Forbidden,
): Found<Broken> | undefined {
  const mover = probe.movers[0];
  if (mover === undefined) return undefined;
  const samples = along(probe, mover, values, OFFSETS, drawing);
  const found = plainestOf(samples, forbidden);
  if (found === undefined || found.margin > 0 || forbidden.size === 3) return named(mover, found);
  // What is steep may be steeper between two neighbours than the grid can tell: a jump is.
  const steepest = closest(samples, forbidden);
  if (steepest === undefined) return named(mover, found);
  const finer = along(probe, mover, values, decimalsBetween(steepest[0].by, steepest[1].by), drawing);
  const better = plainestOf(finer, forbidden);
  return named(mover, better !== undefined && better.margin > found.margin ? better : found);
}

const named = (mover: Mover, found: Found<readonly Sample[]> | undefined): Found<Broken> | undefined =>
  found && { margin: found.margin, what: { mover, samples: found.what } };

/** The neighbours that come closest to breaking the claim. */
function closest(samples: readonly Sample[], { margin }: Forbidden): readonly [Sample, Sample] | undefined {
  let best: readonly [Sample, Sample] | undefined;
  let most = -Infinity;
  samples.forEach((sample, at) => {
    const next = samples[at + 1];
    const reached = next === undefined ? -Infinity : margin([sample, next]);
    if (next !== undefined && reached > most) [best, most] = [[sample, next], reached];
  });
  return best;
}

/** What breaks the claim clearly with the smallest moves; the clearest where none does. */
function plainestOf(samples: readonly Sample[], forbidden: Forbidden): Found<readonly Sample[]> | undefined {
  let best: Found<readonly Sample[]> | undefined;
  let cost = Infinity;
  for (const chosen of tuplesOf(samples, forbidden.size)) {
    const margin = forbidden.margin(chosen);
    const own =
      margin >= CLEAR ? chosen.reduce((sum, { x, by }) => sum + effortOf(x) + effortOf(by) / 4, 0) : Infinity;
    const isBetter = own < cost || (cost === Infinity && !(margin <= (best?.margin ?? -Infinity)));
    if (!isBetter || Number.isNaN(margin)) continue;
    [best, cost] = [{ margin, what: chosen }, own];
  }
  return best;
}
const CLEAR = 0.2;
/** Numbers around 1 read best, and whole ones better than others. */
const effortOf = (value: number): number =>
  value === 0 ? 0 : 0.2 + Math.abs(Math.log(Math.abs(value))) + (Number.isInteger(value) ? 0 : 0.4);

function* tuplesOf(samples: readonly Sample[], size: 2 | 3): Generator<readonly Sample[]> {
  for (const [at, first] of samples.entries())
    for (let next = at + 1; next < samples.length; next += 1) {
      const second = samples[next];
      if (second === undefined) continue;
      if (size === 2) yield [first, second];
      // Of a chord, the middle one of three that are not far from each other.
      else for (const third of samples.slice(next + 1, next + 4)) yield [first, second, third];
    }
}
