/** NaN or infinities behind a mask reach the results: the mask multiplies where it should select. */
import type { Difference, Observation } from '../difference.js';
import { leavesOf } from '../../vectors/tree.js';

const hasNonFinite = ({ loss, grad }: Observation['found']): boolean =>
  [...leavesOf(loss ?? 0), ...leavesOf(grad ?? 0)].some((one) => !Number.isFinite(one));

export const maskLeak: Difference = {
  name: 'mask-leak',
  kind: 'symptom',
  title: 'what stands at masked positions reaches the results',
  explanation:
    'Only vectors with something harmful behind the mask differ, and the ones that are alike but for that agree. 0 · ∞ and 0 · NaN are NaN: select before the exponential, with `where`, and do not multiply by the mask after it.',
  knownFrom: [
    'Soup #342 (gradients NaN in 40–60% of runs, from exponentials at padding)',
    'OpenRLHF PR #1101, NeMo RL PR #4154 (−inf × mask 0)',
    'open-instruct PR #1790',
  ],
  hypotheses: () => [
    {
      label: 'NaN in the results',
      accounts: ({ vector, found, agrees }) =>
        agrees || (vector.family === 'masked' && vector.sameAs !== undefined && hasNonFinite(found)),
    },
    {
      label: 'other numbers in the results',
      accounts: ({ vector, agrees }) => agrees || (vector.family === 'masked' && vector.sameAs !== undefined),
    },
  ],
};
