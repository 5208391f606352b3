/** The fused plans of a program: of each loss with its gradients, and of the metrics. */
import type { DerivedProgram } from '../../ir/program.js';
import type { Called } from '../prepared.js';
import { wantedMetrics, wantedOf } from '../wanted.js';
import { fuse } from './fuse.js';
import type { FusedPlan } from './program.js';

export interface FusedPlans {
  /** In the order of the program's losses; of several, each has a name. */
  readonly losses: readonly { readonly name?: string; readonly plan: FusedPlan }[];
  readonly metrics: FusedPlan;
}

/** Plans for a program that is simplified for code, as the named values are. */
export const fusedPlans = (program: DerivedProgram, called: readonly Called[]): FusedPlans => ({
  losses: program.losses.map((loss) => ({
    ...(loss.name === undefined ? {} : { name: loss.name }),
    plan: fuse(wantedOf(program, loss), called),
  })),
  metrics: fuse(wantedMetrics(program), called),
});
