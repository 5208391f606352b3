/** The batch is cut into micro-batches and each is normalised, or compared, within itself. */
import { predicting, type Difference } from '../difference.js';
import { partitioned } from '../partition.js';

const SIZES = [1, 2, 3, 4] as const;
const WAYS = ['averaged', 'summed', 'weighted by rollouts'] as const;

export const microBatch: Difference = {
  name: 'micro-batch',
  kind: 'factor',
  title: 'computed per micro-batch: means and group statistics stop at its edge',
  explanation:
    'The rows are cut into pieces, the objective is computed on each as if it were the batch, and the results are combined. Means over tokens then depend on the cut, and a group that is cut has other statistics.',
  knownFrom: [
    'verl (legacy actor) `token-mean`: #5625; GMPO: #7913',
    'TRL `bnpo`, SDPO’s `dapo`',
    'Entropy-Mechanism #14 (covariances of the micro-batch)',
    'ms-swift REAL (groups of the local micro-batch)',
  ],
  hypotheses: (subject) =>
    SIZES.flatMap((size) =>
      WAYS.map((way) =>
        predicting(subject, `pieces of ${size} ${size === 1 ? 'row' : 'rows'}, ${way}`, (vector) =>
          partitioned(subject, vector, size, way),
        ),
      ),
    ),
};
