/** A limit that is another one at concrete numbers. */
import { printExpr } from '../../../ir/print.js';
import * as b from '../../../proof/build.js';
import type { LimitValue, Toward } from '../../../proof/derivation.js';
import type { Term } from '../../../proof/term.js';
import { termText } from '../../../proof/text.js';
import type { Budget } from '../../budget.js';
import type { Value } from '../../concrete/extended.js';
import { contains } from '../../interval/enclosure.js';
import { encloseTerm } from '../../interval/term.js';
import { pointsOf } from '../confirm.js';
import type { Drawing } from '../draw.js';
import { limitAlong, lineOf } from '../line.js';
import { differing } from '../margins.js';
import { FAR, OFFSETS, clean } from '../numbers.js';
import { tapeOf } from '../tape.js';
import { along, type Mover, type Probe, type Sample } from '../probe.js';
import { witnessOf, type Refutation } from '../report.js';
import { inScenes } from '../scenes.js';
import { effortFor, searched, type Found } from '../search.js';
import type { Subject } from '../subject.js';

interface Approach {
  readonly mover: Mover;
  /** The closest last. */
  readonly samples: readonly Sample[];
}

export function refuteLimit(subject: Subject, budget: Budget): Refutation | undefined {
  return inScenes(subject, {}, budget, (probe, drawing) =>
    searched(probe, approachAt, drawing, effortFor(probe, 2 * FAR.length), budget, (approach, values) =>
      confirmed(probe, approach, values, budget),
    ),
  );
}

/** How near what is varied has to come to the point, for it to be one that can be approached. */
const NEAR = 0.02;
const distance = (x: number, point: number): number =>
  point === Infinity ? 1 / Math.max(x, 0) : point === -Infinity ? 1 / Math.max(-x, 0) : Math.abs(x - point);

function approachAt(probe: Probe, values: Float64Array, drawing: Drawing): Found<Approach> | undefined {
  const mover = probe.movers[0];
  const point = pointOn(probe, values);
  if (mover === undefined || point === undefined) return undefined;
  const byDistance = (samples: readonly Sample[]): readonly Sample[] =>
    samples
      .filter(({ x }) => distance(x, point) > 0)
      .sort((s, t) => distance(t.x, point) - distance(s.x, point));
  const towards = Number.isFinite(point) ? offsetsTo(probe, values, point) : [];
  const free = along(probe, mover, values, [...FAR, ...towards], { ...drawing, probable: false });
  const closest = byDistance(free).at(-1);
  if (closest === undefined || distance(closest.x, point) > NEAR) return undefined;
  const shown = byDistance(along(probe, mover, values, [...OFFSETS, ...towards], drawing)).slice(-2);
  const [e = NaN, limit = NaN] = closest.parts;
  // What is still far from its limit on a line this long differs from it by more than a little.
  const margin = differing(e, limit) - 1e-3;
  return shown.length === 0 ? undefined : { margin, what: { mover, samples: shown } };
}

/** Offsets that lead close to a finite point, where what is varied moves by as much as its inputs do. */
function offsetsTo(probe: Probe, values: Float64Array, point: number): readonly number[] {
  const [x = NaN] = probe.variable?.run(values) ?? [];
  return [1, 0.1, 0.01, 0.001].flatMap((step) => [clean(point - x - step), clean(point - x + step)]);
}

function pointOn({ subject, scene, own }: Probe, values: Float64Array): number | undefined {
  const { point, graph, level } = subject;
  if (point === undefined) return undefined;
  if (point.op === 'inf') return point.negative ? -Infinity : Infinity;
  const element = scene.holders(level, point.type.level)[own] ?? 0;
  return tapeOf(graph, [{ expr: point, element }], scene).run(values)[0];
}

function confirmed(
  probe: Probe,
  { mover, samples }: Approach,
  values: Float64Array,
  budget: Budget,
): Refutation | undefined {
  const points = pointsOf(
    probe,
    mover,
    values,
    [...samples].sort((s, t) => s.x - t.x),
  );
  const line = points === undefined ? undefined : lineOf(probe, values);
  const [term, claimed] = line?.parts ?? [];
  if (points === undefined || line === undefined || term === undefined || claimed === undefined)
    return undefined;
  for (const toward of directionsTo(line.point)) {
    const limit = limitAlong(line, term, toward, 'limit', budget);
    if (limit === undefined || !differs(limit.value, claimed)) continue;
    const [part] = probe.subject.parts;
    const name = part === undefined ? '' : printExpr(part, true);
    const instead = `${name} tends to ${valueText(limit.value)} as ${line.variable} -> ${towardText(toward)}`;
    return witnessOf(probe, points, mover, { instead, obligations: [limit] });
  }
  return undefined;
}

/** From both sides, or from one of them where hypotheses allow no other. */
function directionsTo(point: Value): readonly Toward[] {
  if (point === undefined) return [];
  if (typeof point === 'string') return [{ at: point }];
  return (['both', 'below', 'above'] as const).map((side) => ({ at: point, side }));
}

const isConstant = (term: Term): boolean => encloseTerm(term, new Map()).low > -Infinity;

/** Whether two limits are surely not the same. */
export function differs(a: LimitValue, other: LimitValue): boolean {
  if (typeof a === 'string' || typeof other === 'string')
    return (
      a !== other && (typeof a === 'object' ? isConstant(a) : typeof other !== 'object' || isConstant(other))
    );
  return !contains(encloseTerm(b.difference(a, other), new Map()), 0);
}
export const valueText = (value: LimitValue): string => (typeof value === 'string' ? value : termText(value));
export const towardText = ({ at }: Toward): string => (typeof at === 'string' ? at : termText(at));
