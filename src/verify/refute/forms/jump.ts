/** A place at which a value jumps: what it tends to from below and from above differ. */
import { printExpr } from '../../../ir/print.js';
import type { Obligation } from '../../../proof/certificate.js';
import type { Condition, Term } from '../../../proof/term.js';
import { isLiteral } from '../../../proof/build.js';
import { termText } from '../../../proof/text.js';
import type { Budget } from '../../budget.js';
import { isBelow, type Enclosure } from '../../interval/enclosure.js';
import { encloseTerm } from '../../interval/term.js';
import { kinksOf } from '../../properties/kinks.js';
import { pointsOf, type Point } from '../confirm.js';
import type { Drawing } from '../draw.js';
import { contextOf, decide } from '../../prover/context.js';
import { substituteIn } from '../../prover/substitute.js';
import { decided } from '../exact.js';
import { limitAlong, lineOf, type Line } from '../line.js';
import { decimalsBetween, OFFSETS } from '../numbers.js';
import { along, takesAllBetween, type Mover, type Probe, type Sample } from '../probe.js';
import { permitted, type Permitted } from '../reach.js';
import { witnessOf, type Refutation } from '../report.js';
import { inScenes } from '../scenes.js';
import { effortFor, searched, type Found } from '../search.js';
import type { Subject } from '../subject.js';
import { gapBetween } from './gap.js';
import { differs, valueText } from './limit.js';

interface Jump {
  readonly mover: Mover;
  /** On both sides of it, as people read it. */
  readonly sides: readonly [Sample, Sample];
  /** The same as close as it was looked at. */
  readonly closest: readonly [Sample, Sample];
}

export function refuteContinuous(subject: Subject, budget: Budget): Refutation | undefined {
  return inScenes(subject, {}, budget, (probe, drawing) =>
    searched(probe, jumpAt, drawing, effortFor(probe, OFFSETS.length), budget, (jump, values) =>
      confirmed(probe, jump, values, budget),
    ),
  );
}

/** How much of a step has to be left where the line is ten times finer, for it to be a jump. */
const LEFT = 0.6;
const FINER = 3;
/** How many times finer it is shown: people read 0.18 and 0.19. */
const SHOWN = 1;

function jumpAt(probe: Probe, values: Float64Array, drawing: Drawing): Found<Jump> | undefined {
  const mover = probe.movers[0];
  if (mover === undefined) return undefined;
  let sides = steepest(along(probe, mover, values, OFFSETS, drawing));
  let shown = sides;
  let margin = -1;
  for (let times = 0; times < FINER && sides !== undefined; times += 1) {
    const [from, to] = sides;
    const next = steepest(along(probe, mover, values, decimalsBetween(from.by, to.by), drawing));
    if (next === undefined) return undefined;
    margin = rise(next) / rise(sides) - LEFT;
    if (margin <= 0) break;
    sides = next;
    if (times < SHOWN) shown = sides;
  }
  return sides && shown && { margin, what: { mover, sides: shown, closest: sides } };
}

const rise = ([a, b]: readonly [Sample, Sample]): number =>
  Math.abs((b.parts[0] ?? NaN) - (a.parts[0] ?? NaN));

/** The neighbours between which a value changes most. */
function steepest(samples: readonly Sample[]): readonly [Sample, Sample] | undefined {
  let best: readonly [Sample, Sample] | undefined;
  samples.forEach((sample, at) => {
    const next = samples[at + 1];
    if (next === undefined) return;
    const pair = [sample, next] as const;
    if (rise(pair) > (best === undefined ? 0 : rise(best))) best = pair;
  });
  return best;
}

function confirmed(
  probe: Probe,
  { mover, sides, closest }: Jump,
  values: Float64Array,
  budget: Budget,
): Refutation | undefined {
  const points = pointsOf(probe, mover, values, sides);
  const isWhole = takesAllBetween(probe, mover);
  const reach: Permitted = (...at) => permitted(...at) ?? (isWhole ? [] : undefined);
  const line = points === undefined ? undefined : lineOf(probe, values, reach);
  const [term] = line?.parts ?? [];
  if (points === undefined || line === undefined || term === undefined) return undefined;
  const leap = leapBetween(points, line, term, budget);
  if (leap !== undefined) {
    const [part] = probe.subject.parts;
    const name = part === undefined ? '' : printExpr(part, true);
    return witnessOf(probe, points, mover, {
      instead: `${name} ${leap.text}`,
      obligations: leap.obligations,
    });
  }
  const beside = pointsOf(probe, mover, values, closest);
  const gap = beside && isWhole ? gapBetween(beside, line, term, budget) : undefined;
  if (beside === undefined || gap === undefined) return undefined;
  return witnessOf(probe, beside, mover, { obligations: gap });
}

/** Two limits at the place between the points at which conditions turn, where that can be written down. */
function leapBetween(
  [from, to]: readonly Point[],
  line: Line,
  term: Term,
  budget: Budget,
): { readonly text: string; readonly obligations: readonly Obligation[] } | undefined {
  if (from === undefined || to === undefined) return undefined;
  const isBetween = (x: Enclosure): boolean => isBelow(from.x, x) && isBelow(x, to.x);
  for (const at of kinksOf(term, line.variable)) {
    if (!isBetween(encloseTerm(at, new Map()))) continue;
    const below = limitAlong(line, term, { at, side: 'below' }, 'from below', budget);
    const above = below && limitAlong(line, term, { at, side: 'above' }, 'from above', budget);
    if (below === undefined || above === undefined || !differs(below.value, above.value)) continue;
    if (!line.given.every((one) => holdsAt(one, line.variable, at))) continue;
    const text = `jumps from ${valueText(below.value)} to ${valueText(above.value)} at ${line.variable} = ${termText(at)}`;
    return { text, obligations: [below, above] };
  }
  return undefined;
}

/** Whether a hypothesis holds at the place itself: where none does, there is nothing to be continuous. */
const holdsAt = (hypothesis: Condition, name: string, at: Term): boolean =>
  isSure(substituteIn(hypothesis, new Map([[name, at]])));
function isSure(one: Condition): boolean {
  if (one.op === 'and') return one.all.every(isSure);
  if (one.op === 'or') return one.any.some(isSure);
  return decide(contextOf([]), one) === true || (isLiteral(one) && decided(one) === true);
}
