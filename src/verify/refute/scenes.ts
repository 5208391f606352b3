/** The scenes of a claim in the order in which they are tried: what is small and plausible first. */
import type { Expr } from '../../ir/expr.js';
import type { Budget } from '../budget.js';
import type { Drawing } from './draw.js';
import { probeOf, type Probe } from './probe.js';
import { representatives, sceneOf, shapesFor, type Scene } from './scene.js';
import { drawingsFor } from './search.js';
import type { Subject } from './subject.js';

export interface Places {
  readonly variable?: Expr;
  /** At which elements it is varied, seen from the own one; the own one, or what holds it, where nothing is said. */
  readonly variedAt?: (scene: Scene, own: number) => readonly number[];
  readonly depths?: readonly number[];
}

/** The first answer of an attempt, over all scenes: with log-probabilities at most 0 everywhere first, then without. */
export function inScenes<W>(
  subject: Subject,
  { variable = subject.variable, variedAt, depths }: Places,
  budget: Budget,
  attempt: (probe: Probe, drawing: Drawing) => W | undefined,
): W | undefined {
  const probes: Probe[] = [];
  const asked = (probe: Probe, pass: number): W | undefined => {
    const drawing = drawingsFor(probe, depths)[pass];
    return drawing === undefined ? undefined : attempt(probe, drawing);
  };
  for (const shape of shapesFor(subject.program)) {
    const scene = sceneOf(subject.program, shape);
    for (const own of representatives(scene, subject.level))
      for (const element of variedAt?.(scene, own) ?? [undefined]) {
        if (!budget.spend(PROBE)) return undefined;
        const probe = probeOf(subject, scene, own, variable, element);
        probes.push(probe);
        const answer = asked(probe, 0);
        if (answer !== undefined) return answer;
      }
  }
  for (const probe of probes) {
    const answer = asked(probe, 1);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Steps that it takes to make a probe. */
const PROBE = 600;
