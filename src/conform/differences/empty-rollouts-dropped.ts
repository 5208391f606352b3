/** Rollouts without a token are left out of a denominator. */
import { ZERO, and, count, gt, reduce } from '../../ir/build.js';
import { implementing, type Difference } from '../difference.js';
import { meanOf } from '../patterns.js';
import { rewritten } from '../rewriting.js';
import type { Program } from '../../ir/program.js';

const LIVELY = gt(count({ from: 'token', to: 'rollout' }), ZERO);

/** Means over rollouts into these levels, of rollouts with a token only. */
const without = (program: Program, levels: readonly string[]): Program | undefined =>
  rewritten(program, (expr) => {
    const mean = meanOf(expr);
    if (mean?.set.from !== 'rollout' || !levels.includes(mean.set.to)) return expr;
    const where = mean.set.where === undefined ? LIVELY : and(mean.set.where, LIVELY);
    return reduce('mean', { ...mean.set, where }, mean.x);
  });

export const emptyRolloutsDropped: Difference = {
  name: 'empty-rollouts-dropped',
  kind: 'formula',
  title: 'rollouts without a token are not counted',
  explanation:
    'A fully masked rollout is a rollout of length 0: it counts in means over rollouts. Here it is left out of the denominator, or of the statistics of its group.',
  knownFrom: ['OpenRLHF (fully masked rollouts excluded)', 'TRL #6369 / PR #6439', 'NeMo RL #212, #4242'],
  hypotheses: (subject) => [
    ...implementing(subject, 'in the mean over the batch', without(subject.program, ['batch'])),
    ...implementing(subject, 'in group statistics', without(subject.program, ['group'])),
    ...implementing(subject, 'in both', without(subject.program, ['batch', 'group'])),
  ],
};
