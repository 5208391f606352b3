/** A goal that a function lies under its chord, as a convex one does at three points: it lies above its tangent at the middle one. */
import * as build from '../../../proof/build.js';
import type { Derivation, Summand } from '../../../proof/derivation.js';
import { ONE } from '../../../proof/rational.js';
import type { Literal, Term } from '../../../proof/term.js';
import { isNothing } from '../../algebra/normalize.js';
import type { Knowledge } from '../../algebra/knowledge.js';
import type { Budget } from '../../budget.js';
import { along, standing } from '../along.js';
import { extended } from '../context.js';
import { derivative } from '../derivative.js';
import { addends } from '../enclosing.js';
import { closing } from '../facts.js';
import { endOf } from '../linear.js';
import { stepTo } from '../subproof.js';
import { substitute } from '../substitute.js';
import { after, aimLiterals, aimingToo, type Step, type Task } from '../task.js';
import { tidied } from '../tidied.js';
import { hasSelect, mentions, variablesOf } from '../walk.js';

const SHARE = 100_000;

export function chords(task: Task, budget: Budget): Derivation | undefined {
  if (task.depth <= 0) return undefined;
  for (const aim of aimLiterals(task)) {
    if (aim.op !== '>' || hasSelect(aim)) continue;
    for (const points of pointsIn(task, aim)) {
      const f = functionIn(aim, points, task.context.knowledge);
      const found = f && underChord(task, aim, f, points, budget.share(SHARE));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Three variables in ascending order, as literals say in so many words. */
interface Points {
  readonly low: string;
  readonly middle: string;
  readonly high: string;
}
function pointsIn(task: Task, aim: Literal): readonly Points[] {
  const names = [...variablesOf(aim)];
  const below = task.base.literals.flatMap((one) =>
    one.op !== '>'
      ? []
      : names.flatMap((name) => {
          const end = endOf(one, name);
          return end?.above === true && end.at.op === 'variable' ? [{ low: end.at.name, high: name }] : [];
        }),
  );
  return below.flatMap(({ low, high: middle }) =>
    below.flatMap((next) => (next.low === middle ? [{ low, middle, high: next.high }] : [])),
  );
}

/** What of the value at the low point, times the gap between the others, depends on that point alone. */
function functionIn({ x }: Literal, { low, middle, high }: Points, knowledge: Knowledge): Term | undefined {
  const gap = gapOf(middle, high);
  const parts = addends(build.negated(x)).flatMap((part): readonly Term[] => {
    const factors = part.op === 'product' ? part.factors : [part];
    const own = factors.find((one) => one.op === 'sum' && isNothing(build.difference(one, gap), knowledge));
    return own === undefined ? [] : addends(build.product(...factors.filter((one) => one !== own)));
  });
  const isOfLow = (part: Term): boolean =>
    mentions(part, low) && !mentions(part, middle) && !mentions(part, high);
  const f = build.sum(...parts.filter(isOfLow));
  return mentions(f, low) ? f : undefined;
}
const gapOf = (low: string, high: string): Term =>
  build.difference(build.variable(high), build.variable(low));

/** The goal is what a chord is above a function, and what is left over. */
function underChord(
  task: Task,
  aim: Literal,
  f: Term,
  points: Points,
  budget: Budget,
): Derivation | undefined {
  const { low, middle, high } = points;
  const at = (name: string): Term => substitute(f, new Map([[low, build.variable(name)]]));
  const ends = build.sum(
    build.product(gapOf(middle, high), at(low)),
    build.product(gapOf(low, middle), at(high)),
  );
  const fact = build.atLeast(ends, build.product(gapOf(low, high), at(middle)));
  const tangents = build.isLiteral(fact) ? aboveTangent(task, at, points, budget) : undefined;
  if (tangents === undefined || !build.isLiteral(fact)) return undefined;
  const by = contradictionOf(task, fact, tangents.facts, points);
  const others = tidied(build.difference(build.negated(aim.x), fact.x), task.context.knowledge);
  const rest = build.literal('>=', others);
  const shown = by && stepTo(task, rest, budget);
  if (by === undefined || shown === undefined) return undefined;
  const facts = [fact, rest].filter(build.isLiteral);
  const inside = aimingToo(task, ...facts);
  const then = inside.context.isAbsurd ? ({ rule: 'absurd' } as const) : closing(inside, facts, 1, budget);
  return then && after([{ rule: 'have', fact, by: after(tangents.steps, by) }, ...shown], then);
}

interface Tangents {
  readonly steps: readonly Step[];
  /** Of the low point, and of the high one. */
  readonly facts: readonly Literal[];
}
/** f − f′(middle)·x falls up to the middle and rises from there on: f is above its tangent at both ends. */
function aboveTangent(
  task: Task,
  at: (name: string) => Term,
  { low, middle, high }: Points,
  budget: Budget,
): Tangents | undefined {
  const variable = task.search.fresh(low);
  const x = build.variable(variable);
  const slope = substitute(derivative(at(variable), variable), new Map([[variable, build.variable(middle)]]));
  const beyond = (name: string): Term =>
    build.difference(at(name), build.product(slope, build.variable(name)));
  const steps: Step[] = [];
  const facts: Literal[] = [];
  for (const [start, end, sign] of [
    [low, middle, '<='],
    [middle, high, '>='],
  ] as const) {
    const [from, to] = [build.variable(start), build.variable(end)];
    const bounds = [build.atLeast(x, from), build.atLeast(to, x)];
    const way = along(task, variable, beyond(variable), bounds, sign, budget);
    const rise = standing(sign, build.difference(beyond(end), beyond(start)));
    if (way === undefined || !build.isLiteral(rise)) return undefined;
    steps.push({ rule: 'mean-value', along: way, from, to, sign });
    facts.push(rise);
  }
  return { steps, facts };
}

/** The chord is what is above the tangents, each times the gap on the other side. */
function contradictionOf(
  task: Task,
  fact: Literal,
  tangents: readonly Literal[],
  { low, middle, high }: Points,
): Derivation | undefined {
  const negated: Literal = { op: '>', x: build.negated(fact.x) };
  const gaps = [gapOf(middle, high), gapOf(low, middle)];
  const above = tangents.map((one, at): readonly Literal[] => [{ op: '>', x: gaps[at] ?? build.one }, one]);
  const products = [[negated], ...above];
  const total = build.sum(...products.map((one) => build.product(...one.map(({ x }) => x))));
  const { knowledge } = extended(task.context, negated, ...tangents);
  if (!isNothing(total, knowledge)) return undefined;
  const sum = products.map((one): Summand => ({ times: ONE, of: one.map((each) => ({ fact: each })) }));
  return { rule: 'contradiction', sum };
}
