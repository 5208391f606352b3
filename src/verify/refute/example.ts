/** That a claim speaks of something: a batch at which its hypotheses hold. */
import type { Claim, Statement } from '../../ir/claim.js';
import type { DerivedProgram } from '../../ir/program.js';
import type { RawBatch } from '../../proof/verdict.js';
import type { Budget } from '../budget.js';
import { pointAt, pointsOf } from './confirm.js';
import { inOrder } from './forms/forbidden.js';
import { OFFSETS } from './numbers.js';
import { along, look, type Mover, type Sample } from './probe.js';
import { batchIn, paramsIn } from './scene.js';
import { inScenes } from './scenes.js';
import { effortFor, searched, type Goal } from './search.js';
import { subjectOf } from './subject.js';

export interface Example {
  readonly params: Readonly<Record<string, number>>;
  readonly batch: RawBatch;
}

/** Hypotheses that are equations are met by few candidates. */
const DRAWS = 600;

/** Whether a claim compares values of what it varies: it takes two to say anything. */
const comparesTwo = ({ kind }: Statement): boolean =>
  kind === 'monotone' || kind === 'constant' || kind === 'lipschitz' || kind === 'convex';

/**
 * A batch and parameters at which the hypotheses hold and everything has a value, confirmed; of a claim that compares two
 * values of what it varies, one of two such. Nothing where none is found.
 */
export function exampleOf(program: DerivedProgram, claim: Claim, budget: Budget): Example | undefined {
  const subject = subjectOf(program, claim);
  const two = comparesTwo(claim.statement);
  const goal: Goal<readonly [Mover, readonly Sample[]] | undefined> = (probe, values, drawing) => {
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
  return inScenes(subject, {}, budget, (probe, drawing) =>
    searched(probe, goal, drawing, { ...effortFor(probe), draws: DRAWS }, budget, (pair, values) => {
      const points = pair === undefined ? undefined : pointsOf(probe, pair[0], values, pair[1]);
      const isSound =
        pointAt(probe, values) !== undefined && (!two || (points !== undefined && inOrder(points)));
      const { scene } = probe;
      return isSound
        ? { params: paramsIn(scene, values), batch: batchIn(program, scene, values) }
        : undefined;
    }),
  );
}
