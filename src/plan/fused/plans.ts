/** The fused plans of a program: of each loss with its gradients, alone and with the metrics, and of the metrics. */
import type { DerivedProgram } from '../../ir/program.js';
import type { Called } from '../prepared.js';
import { wantedMetrics, wantedOf } from '../wanted.js';
import { fuse } from './fuse.js';
import type { FusedPlan } from './program.js';

export interface FusedPlans {
  /** In the order of the program's losses; of several, each has a name. */
  readonly losses: readonly {
    readonly name?: string;
    readonly plan: FusedPlan;
    /** With the metrics after the gradients; the same plan where there are none. */
    readonly withMetrics: FusedPlan;
  }[];
  readonly metrics: FusedPlan;
}

/** Plans for a program that is simplified for code, as the named values are. */
export function fusedPlans(program: DerivedProgram, called: readonly Called[]): FusedPlans {
  const metrics = wantedMetrics(program);
  return {
    losses: program.losses.map((loss) => {
      const wanted = wantedOf(program, loss);
      const plan = fuse(wanted, called);
      return {
        ...(loss.name === undefined ? {} : { name: loss.name }),
        plan,
        withMetrics: metrics.length === 0 ? plan : fuse([...wanted, ...metrics], called),
      };
    }),
    metrics: fuse(metrics, called),
  };
}
