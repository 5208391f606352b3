/** The right formula in single precision. */
import { agree } from '../compare.js';
import type { Difference } from '../difference.js';

export const singlePrecision: Difference = {
  name: 'single-precision',
  kind: 'symptom',
  title: 'nothing but single precision',
  explanation:
    'Every number is right to the digits that float32 has; where it overflows, nothing is asked. Compare with `--rtol 1e-4`, or compute in float64 for the test.',
  knownFrom: ['every framework: log-probabilities are float32'],
  hypotheses: () => [
    {
      label: 'errors as float32 makes them',
      accounts: ({ vector, found, agrees }) => {
        const { float32 } = vector.tolerance;
        return agrees || float32 === undefined || agree(vector, found, float32);
      },
    },
  ],
};
