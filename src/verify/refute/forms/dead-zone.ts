/** An interval of what is varied on which a value is 0 throughout. */
import { hull, type Enclosure } from '../../interval/enclosure.js';
import { printExpr } from '../../../ir/print.js';
import type { Budget } from '../../budget.js';
import { pointsOf, valuesOver, type Point } from '../confirm.js';
import type { Drawing } from '../draw.js';
import { OFFSETS, read } from '../numbers.js';
import { along, takesAllBetween, type Mover, type Probe, type Sample } from '../probe.js';
import { witnessOf, type Refutation } from '../report.js';
import { inScenes } from '../scenes.js';
import { effortFor, searched, type Found } from '../search.js';
import type { Subject } from '../subject.js';

interface Zone {
  readonly mover: Mover;
  /** By increasing x; next to each other on the grid. */
  readonly samples: readonly Sample[];
}

export function refuteNowhereZero(subject: Subject, budget: Budget): Refutation | undefined {
  return inScenes(subject, {}, budget, (probe, drawing) =>
    searched(probe, zoneAt, drawing, effortFor(probe, OFFSETS.length), budget, (zone, values) =>
      takesAllBetween(probe, zone.mover) ? confirmed(probe, zone, values) : undefined,
    ),
  );
}

function zoneAt(probe: Probe, values: Float64Array, drawing: Drawing): Found<Zone> | undefined {
  const mover = probe.movers[0];
  if (mover === undefined) return undefined;
  const samples = along(probe, mover, values, OFFSETS, drawing);
  let longest: readonly Sample[] = [];
  let run: Sample[] = [];
  for (const sample of samples) {
    run = sample.parts[0] === 0 ? [...run, sample] : [];
    if (run.length > longest.length) longest = run;
  }
  const least = Math.min(...samples.map(({ parts }) => Math.abs(parts[0] ?? NaN)));
  return { margin: longest.length > 1 ? 1 : -least, what: { mover, samples: longest } };
}

function confirmed(probe: Probe, { mover, samples }: Zone, values: Float64Array): Refutation | undefined {
  for (const ends of intervalsOf(samples)) {
    const points = pointsOf(probe, mover, values, ends);
    const [from, to] = points ?? [];
    if (points === undefined || from === undefined || to === undefined || !(from.x.high < to.x.low)) continue;
    const { holds, parts } = valuesOver(probe, values, hull(from.x, to.x));
    if (holds && isZero(parts[0])) return witnessOf(probe, points, mover, { summary: told(probe, from, to) });
  }
  return undefined;
}
const isZero = (x: Enclosure | undefined): boolean => x?.low === 0 && x.high === 0;

/** The whole run first, then its parts: an enclosure over less is tighter. */
function* intervalsOf(samples: readonly Sample[]): Generator<readonly [Sample, Sample]> {
  for (let length = samples.length - 1; length > 0; length = length === 1 ? 0 : Math.ceil(length / 2))
    for (let at = 0; at + length < samples.length; at += 1) {
      const [from, to] = [samples[at], samples[at + length]];
      if (from !== undefined && to !== undefined) yield [from, to];
    }
}

function told({ subject, varied }: Probe, from: Point, to: Point): string {
  const [part] = subject.parts;
  if (part === undefined || varied === undefined) return '';
  const [e, x] = [printExpr(part, true), printExpr(varied.expr, true)];
  return `${e} is 0 for every ${x} from ${read(from.value)} to ${read(to.value)}`;
}
