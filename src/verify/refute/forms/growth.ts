/** A value that exceeds every bound: three batches above 10³, 10⁶ and 10⁹ along one variable, and the limit that says so. */
import type { Expr } from '../../../ir/expr.js';
import { operandsOf } from '../../../ir/graph.js';
import { printExpr } from '../../../ir/print.js';
import * as b from '../../../proof/build.js';
import type { Toward } from '../../../proof/derivation.js';
import type { Budget } from '../../budget.js';
import { isBelow, point } from '../../interval/enclosure.js';
import { pointsOf, type Point } from '../confirm.js';
import type { Drawing } from '../draw.js';
import { isInfinite, limitAlong, lineOf } from '../line.js';
import { CLOSE, FAR } from '../numbers.js';
import { towardText } from './limit.js';
import { along, type Mover, type Probe, type Sample } from '../probe.js';
import { carriedBy, permitted } from '../reach.js';
import { witnessOf, type Refutation } from '../report.js';
import { inScenes, type Places } from '../scenes.js';
import { effortFor, searched, type Found } from '../search.js';
import type { Subject } from '../subject.js';
import { anyone } from './shape.js';

const STAGES = [1e3, 1e6, 1e9];
/** Deep enough for a log-probability to grow and stay below 0. */
const DEPTHS = [30, 5, 100, 1e11];

interface Growing {
  readonly mover: Mover;
  readonly samples: readonly Sample[];
  readonly toward: Toward;
}

export function refuteBounded(subject: Subject, budget: Budget): Refutation | undefined {
  for (const places of linesOf(subject)) {
    const found = inScenes(subject, places, budget, (probe, drawing) => {
      const effort = effortFor(probe, FAR.length + CLOSE.length);
      if (moverOf(probe) === undefined) return undefined;
      return searched(probe, growingAt, drawing, effort, budget, (growing, values) =>
        confirmed(probe, growing, values, budget),
      );
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Along what a value may grow: what the claim says, else the scores of weights, the model's outputs, and those of others. */
function linesOf({ variable, scores, graph, parts }: Subject): readonly Places[] {
  if (variable !== undefined) return [{ variable, depths: DEPTHS }];
  const reached = new Set<Expr>();
  const stack = [...parts];
  for (let node = stack.pop(); node !== undefined; node = stack.pop())
    if (!reached.has(node)) {
      reached.add(node);
      stack.push(...operandsOf(node));
    }
  const own = scores.filter((one) => reached.has(one));
  const models = graph.nodes.filter(
    (node) => node.op === 'input' && node.role === 'model' && reached.has(node),
  );
  return [
    ...[...own, ...models].map((one) => ({ variable: one, depths: DEPTHS })),
    ...models.map((one) => ({ variable: one, depths: DEPTHS, ...anyone(one) })),
  ];
}

/**
 * What carries a value away. A bound without `in x` is for each value of the data, so that model outputs alone may move, and no
 * value is set over what they give.
 */
function moverOf({ subject, scene, movers }: Probe): Mover | undefined {
  const isModel = ({ slots }: Mover): boolean => slots.every((slot) => scene.slots[slot]?.role === 'model');
  return subject.variable === undefined ? movers.find((one) => one.alone && isModel(one)) : movers[0];
}

/** Where values may grow: towards both infinities, and towards 0 from both sides, as logarithms and quotients do. */
const WAYS: readonly (readonly [Toward, (x: number, own: number) => boolean])[] = [
  [{ at: 'inf' }, (x, own) => x > own],
  [{ at: '-inf' }, (x, own) => x < own],
  [{ at: b.zero, side: 'below' }, (x) => x < 0],
  [{ at: b.zero, side: 'above' }, (x) => x > 0],
];

function growingAt(probe: Probe, values: Float64Array, drawing: Drawing): Found<Growing> | undefined {
  const mover = moverOf(probe);
  const own = probe.variable?.run(values)[0];
  if (mover === undefined || own === undefined) return undefined;
  const towardZero = CLOSE.flatMap((one) => [-own - one, one - own]);
  const samples = along(probe, mover, values, FAR, drawing);
  const near = along(probe, mover, values, towardZero, drawing);
  let best: Found<Growing> | undefined;
  for (const [toward, isOnWay] of WAYS) {
    const isRising = 'side' in toward ? toward.side === 'below' : toward.at === 'inf';
    const all = ('side' in toward ? near : samples).filter(({ x }) => isOnWay(x, own));
    const line = isRising ? all : [...all].reverse();
    const most = Math.max(...line.map(({ parts }) => Math.abs(parts[0] ?? NaN)));
    const reached = stagesAlong(line, 'side' in toward ? 0 : APART);
    const margin = reached.length === STAGES.length ? 1 : Math.min(Math.log10(most) - 20, -0.001);
    if (best === undefined || margin > best.margin)
      best = { margin, what: { mover, samples: reached, toward } };
    if (margin > 0) break;
  }
  return best;
}

/** The first sample above each stage, further along than the one before, and apart from it. */
function stagesAlong(line: readonly Sample[], apart: number): readonly Sample[] {
  const reached: Sample[] = [];
  for (const stage of STAGES) {
    const before = reached.at(-1);
    const isApart = ({ x }: Sample): boolean => before === undefined || Math.abs(x - before.x) > apart;
    const ahead = before === undefined ? line : line.slice(line.indexOf(before) + 1);
    const next = ahead.find((one) => Math.abs(one.parts[0] ?? NaN) > stage * 1.001 && isApart(one));
    if (next === undefined) return reached;
    reached.push(next);
  }
  return reached;
}
const APART = 0.5;

function confirmed(
  probe: Probe,
  { mover, samples, toward }: Growing,
  values: Float64Array,
  budget: Budget,
): Refutation | undefined {
  const points = pointsOf(
    probe,
    mover,
    values,
    [...samples].sort((s, t) => Math.abs(s.parts[0] ?? NaN) - Math.abs(t.parts[0] ?? NaN)),
  );
  const isAbove = ({ parts: [e] }: Point, stage: number): boolean =>
    e !== undefined && (isBelow(point(stage), e) || isBelow(e, point(-stage)));
  if (points === undefined || !points.every((one, at) => isAbove(one, STAGES[at] ?? Infinity)))
    return undefined;
  const line = lineOf(probe, values, probe.subject.variable === undefined ? carriedBy(mover) : permitted);
  const [term] = line?.parts ?? [];
  if (line === undefined || term === undefined) return undefined;
  const limit = limitAlong(line, term, toward, 'unbounded', budget);
  if (limit === undefined || !isInfinite(limit.value)) return undefined;
  const [part] = probe.subject.parts;
  const name = part === undefined ? '' : printExpr(part, true);
  return witnessOf(probe, points, mover, {
    instead: `${name} tends to ${limit.value} as ${line.variable} -> ${towardText(toward)}`,
    obligations: [limit],
  });
}
