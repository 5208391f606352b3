/** That a claim speaks of something: a batch at which its hypotheses hold. */
import type { Claim, Statement } from '../../ir/claim.js';
import type { DerivedProgram } from '../../ir/program.js';
import type { Expr } from '../../ir/expr.js';
import type { Example } from '../../proof/certificate.js';
import type { Budget } from '../budget.js';
import { remembered, type Memory } from '../remembered.js';
import { pointAt, pointsOf } from './confirm.js';
import { inOrder } from './forms/forbidden.js';
import { OFFSETS } from './numbers.js';
import type { Drawing } from './draw.js';
import { along, look, probeOf, type Mover, type Probe, type Sample } from './probe.js';
import { batchIn, paramsIn, sceneOf, type Shape } from './scene.js';
import { inScenes } from './scenes.js';
import { effortFor, searched, type Goal } from './search.js';
import { subjectOf, type Subject } from './subject.js';

/** Hypotheses that are equations are met by few candidates. */
const DRAWS = 600;

/** Whether a claim compares values of what it varies: it takes two to say anything. */
const comparesTwo = ({ kind }: Statement): boolean =>
  kind === 'monotone' || kind === 'constant' || kind === 'lipschitz' || kind === 'convex';

/** Where a batch at which hypotheses hold was found. */
interface Found {
  readonly shape: Shape;
  readonly own: number;
  readonly drawing: Drawing;
  readonly values: Float64Array;
}
const found = new WeakMap<DerivedProgram, Memory<Found | undefined>>();

/**
 * A batch and parameters at which the hypotheses hold and everything has a value, confirmed; of a claim that compares two
 * values of what it varies, one of two such. Nothing where none is found.
 */
export function exampleOf(program: DerivedProgram, claim: Claim, budget: Budget): Example | undefined {
  const subject = subjectOf(program, claim);
  const two = comparesTwo(claim.statement);
  const start = ofHypotheses(subject, two, budget);
  if (start === undefined) return undefined;
  const { shape, own, drawing, values } = start;
  const probe = probeOf(subject, sceneOf(program, shape), own);
  const same = goalOf(two)(probe, values, drawing);
  const here = same && confirmed(probe, same.what, values);
  return here !== undefined ? exampleAt(probe, here) : searchedFor(subject, two, budget, exampleAt);
}

function exampleAt({ subject: { program }, scene }: Probe, { values, second }: Confirmed): Example {
  const instance = (of: Float64Array): Example => ({
    params: paramsIn(scene, of),
    batch: batchIn(program, scene, of),
  });
  return { ...instance(values), ...(second !== undefined && { second: instance(second) }) };
}

/**
 * A batch at which hypotheses hold, whatever is claimed under them: claims that share them share the search.
 */
function ofHypotheses(subject: Subject, two: boolean, budget: Budget): Found | undefined {
  const memory: Memory<Found | undefined> = found.get(subject.program) ?? new Map();
  found.set(subject.program, memory);
  const { guard, assuming } = subject.claim;
  const varied = two ? subject.claim.statement : undefined;
  const variable = varied === undefined || varied.kind === 'comparison' ? undefined : varied.variable;
  const key = [subject.level, ...[guard, assuming, variable].map(idOf)].join(' ');
  const isFound = (one: Found | undefined): boolean => one !== undefined;
  return remembered(memory, key, budget, isFound, () =>
    searchedFor({ ...subject, parts: [] }, two, budget, ({ scene, own }, { values }, drawing) => ({
      shape: scene.shape,
      own,
      drawing,
      values,
    })),
  );
}

const ids = new WeakMap<Expr, number>();
let count = 0;
function idOf(expr: Expr | undefined): number {
  if (expr === undefined) return 0;
  const known = ids.get(expr) ?? ++count;
  ids.set(expr, known);
  return known;
}

type Pair = readonly [Mover, readonly Sample[]] | undefined;

const goalOf =
  (two: boolean): Goal<Pair> =>
  (probe, values, drawing) => {
    const { holds, parts } = look(probe, values);
    if (!holds || !parts.every(Number.isFinite)) return undefined;
    const [mover] = probe.movers;
    if (!two) return { margin: 1, what: undefined };
    if (mover === undefined) return undefined;
    const samples = along(probe, mover, values, OFFSETS, drawing);
    const at = samples.findIndex(({ by }) => by === 0);
    const pair = samples.slice(Math.max(0, at - 1), Math.max(0, at - 1) + 2);
    return pair.length === 2 ? { margin: 1, what: [mover, pair] } : undefined;
  };

/** Numbers where the hypotheses surely hold, and others from which a second value of what is varied is taken. */
interface Confirmed {
  readonly values: Float64Array;
  readonly second?: Float64Array;
}
/** Nothing where they do not hold surely, at both values where there are two, or where something has no value. */
function confirmed(probe: Probe, pair: Pair, values: Float64Array): Confirmed | undefined {
  if (pointAt(probe, values) === undefined) return undefined;
  if (pair === undefined) return { values };
  const [mover, samples] = pair;
  const points = pointsOf(probe, mover, values, samples);
  const own = probe.variable?.run(values)[0];
  const other = samples.find(({ x }) => x !== own);
  return points !== undefined && inOrder(points) && other !== undefined
    ? { values, second: other.values }
    : undefined;
}

const searchedFor = <W>(
  subject: Subject,
  two: boolean,
  budget: Budget,
  answer: (probe: Probe, sure: Confirmed, drawing: Drawing) => W,
): W | undefined =>
  inScenes(subject, {}, budget, (probe, drawing) =>
    searched(probe, goalOf(two), drawing, { ...effortFor(probe), draws: DRAWS }, budget, (pair, values) => {
      const sure = confirmed(probe, pair, values);
      return sure && answer(probe, sure, drawing);
    }),
  );
