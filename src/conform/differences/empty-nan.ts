/** A rollout without tokens, or a batch of them, gives NaN. */
import { leavesOf } from '../../vectors/tree.js';
import type { Batch } from '../../vectors/vector.js';
import type { Difference } from '../difference.js';

const hasEmptyRollout = ({ mask }: Batch): boolean =>
  typeof mask === 'object' && mask.some((row) => typeof row === 'object' && !row.includes(1));

export const emptyNan: Difference = {
  name: 'empty-nan',
  kind: 'symptom',
  title: 'a rollout without tokens gives NaN',
  explanation:
    '0/0: the length of a rollout, or the number of tokens of the batch, is divided by without a bound. One such rollout makes the loss of the whole batch NaN.',
  knownFrom: [
    'REAL’s official code (Σ mask is not bounded below)',
    'NeMo RL #212',
    'verl PR #3984 (all tokens rejected)',
  ],
  hypotheses: () => [
    {
      label: 'where a rollout is empty',
      accounts: ({ vector, found, agrees }) =>
        agrees ||
        (hasEmptyRollout(vector.batch) &&
          [...leavesOf(found.loss ?? 0), ...leavesOf(found.grad ?? 0)].some(Number.isNaN)),
    },
  ],
};
