/** An extreme that is another one: a value beyond it, or a bound short of it. */
import type { Statement } from '../../../ir/claim.js';
import { printExpr } from '../../../ir/print.js';
import * as b from '../../../proof/build.js';
import { parseRational } from '../../../proof/rational.js';
import type { Obligation } from '../../../proof/certificate.js';
import type { Term } from '../../../proof/term.js';
import type { Budget } from '../../budget.js';
import { isBelow } from '../../interval/enclosure.js';
import { encloseTerm } from '../../interval/term.js';
import { prove } from '../../prover/prove.js';
import { pointsOf } from '../confirm.js';
import { lineOf, type Line } from '../line.js';
import { excess } from '../margins.js';
import { FAR, OFFSETS, read } from '../numbers.js';
import type { Drawing } from '../draw.js';
import { along, type Mover, type Probe, type Sample } from '../probe.js';
import { permitted, type Permitted } from '../reach.js';
import { witnessOf, type Refutation } from '../report.js';
import { inScenes } from '../scenes.js';
import { effortFor, searched, type Goal } from '../search.js';
import type { Subject } from '../subject.js';

type Extreme = Extract<Statement, { readonly kind: 'extreme' }>;

interface Best {
  readonly mover: Mover;
  readonly sample: Sample;
}

export function refuteExtreme(
  subject: Subject,
  { extreme }: Extreme,
  budget: Budget,
): Refutation | undefined {
  return inScenes(
    subject,
    {},
    budget,
    (probe, drawing) => beyond(probe, drawing, extreme, budget) ?? short(probe, drawing, extreme, budget),
  );
}

/** The sample with the largest e, or the smallest one; `margin` says what it amounts to beside f. */
const bestOf =
  (
    extreme: Extreme['extreme'],
    offsets: readonly number[],
    margin: (e: number, f: number) => number,
  ): Goal<Best> =>
  (probe, values, drawing) => {
    const mover = probe.movers[0];
    if (mover === undefined) return undefined;
    const side = extreme === 'sup' ? 1 : -1;
    const samples = along(probe, mover, values, offsets, drawing);
    const [best] = [...samples].sort((s, t) => side * ((t.parts[0] ?? NaN) - (s.parts[0] ?? NaN)));
    if (best === undefined) return undefined;
    const [e = NaN, f = NaN] = best.parts;
    return { margin: margin(e * side, f * side), what: { mover, sample: best } };
  };

function beyond(
  probe: Probe,
  drawing: Drawing,
  extreme: Extreme['extreme'],
  budget: Budget,
): Refutation | undefined {
  const goal = bestOf(extreme, OFFSETS, (e, f) => excess(e, f, false));
  const effort = effortFor(probe, OFFSETS.length);
  return searched(probe, goal, drawing, effort, budget, ({ mover, sample }, values) => {
    const points = pointsOf(probe, mover, values, [sample]);
    const [e, f] = points?.[0]?.parts ?? [];
    if (points === undefined || e === undefined || f === undefined) return undefined;
    return (extreme === 'sup' ? isBelow(f, e) : isBelow(e, f)) ? witnessOf(probe, points, mover) : undefined;
  });
}

/** How far below f, as a part of it, values have to stay for a proof that they do to be worth trying. */
const SHORT = 0.02;

function short(
  probe: Probe,
  drawing: Drawing,
  extreme: Extreme['extreme'],
  budget: Budget,
): Refutation | undefined {
  const goal = bestOf(extreme, [...FAR, ...OFFSETS], (e, f) => excess(f, e, false) - SHORT);
  const effort = effortFor(probe, FAR.length + OFFSETS.length);
  return searched(probe, goal, drawing, effort, budget, ({ mover, sample }, values) => {
    const points = pointsOf(probe, mover, values, [sample]);
    const line = points === undefined ? undefined : lineOf(probe, values, whole);
    const [e, f] = line?.parts ?? [];
    if (points === undefined || line === undefined || e === undefined || f === undefined) return undefined;
    for (const bound of boundsBetween(sample)) {
      const obligation = bounded(line, e, f, bound, extreme, budget);
      const [part] = probe.subject.parts;
      if (obligation === undefined || part === undefined) continue;
      const relation = extreme === 'sup' ? '<=' : '>=';
      const instead = `${printExpr(part, true)} ${relation} ${read(bound)} for every ${line.variable}`;
      return witnessOf(probe, points, mover, { instead, obligations: [obligation] });
    }
    return undefined;
  });
}

/** A bound for all values is one for those that inputs permit, where that is not known. */
const whole: Permitted = (...at) => permitted(...at) ?? [];

/** Short decimals between the best value found and the extreme that is claimed. */
const boundsBetween = ({ parts: [e = NaN, f = NaN] }: Sample): readonly number[] =>
  [0.01, 0.5].map((share) => Number((e + (f - e) * share).toPrecision(3)));

/** That e stays on the near side of the bound, which f is beyond. */
function bounded(
  { variable, given }: Line,
  e: Term,
  f: Term,
  bound: number,
  extreme: Extreme['extreme'],
  budget: Budget,
): Extract<Obligation, { readonly kind: 'holds' }> | undefined {
  const exact = parseRational(String(bound));
  if (exact === undefined) return undefined;
  const limit = b.number(exact);
  const gap = extreme === 'sup' ? b.difference(f, limit) : b.difference(limit, f);
  if (!(encloseTerm(gap, new Map()).low > 0)) return undefined;
  const goal = extreme === 'sup' ? b.atLeast(limit, e) : b.atLeast(e, limit);
  const sequent = { variables: [{ name: variable }], given, goal };
  if (!budget.spend(ASKED)) return undefined;
  const outcome = prove(sequent, budget.share(PROOF));
  return 'proof' in outcome ? { kind: 'holds', what: 'bound', sequent, proof: outcome.proof } : undefined;
}
const PROOF = 50_000;
const ASKED = 10_000;
