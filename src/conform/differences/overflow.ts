/** Exponentials overflow where a stable form, or a selection, would not. */
import { leavesOf } from '../../vectors/tree.js';
import type { Difference } from '../difference.js';

export const overflow: Difference = {
  name: 'overflow',
  kind: 'symptom',
  title: 'exponentials overflow where the objective has a finite value',
  explanation:
    'Only vectors with very large log-ratios differ, and there by NaN or infinity: an exponential that a clip or a selection then drops is multiplied by 0 in the backward pass, or a log-sum-exp is taken without shifting out the maximum.',
  knownFrom: [
    'TRL #3015, PRs #5549, #5984, #6550, #6637',
    'OpenRLHF PR #1335 (0 · ∞ in backward), PR #1293',
    'verl #6478, prime-rl PR #2085, slime PR #2198',
  ],
  hypotheses: () => [
    {
      label: 'at extreme log-ratios',
      accounts: ({ vector, found, agrees }) =>
        agrees ||
        (vector.family === 'extreme' &&
          [...leavesOf(found.loss ?? 0), ...leavesOf(found.grad ?? 0)].some((one) => !Number.isFinite(one))),
    },
  ],
};
