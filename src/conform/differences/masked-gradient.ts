/** A gradient at positions that do not count. */
import type { Difference } from '../difference.js';
import { compare } from '../compare.js';

export const maskedGradient: Difference = {
  name: 'masked-gradient',
  kind: 'symptom',
  title: 'gradients at masked positions are not 0',
  explanation:
    'The loss is right, and so is the gradient of every token; positions that do not count have one too.',
  knownFrom: ['ROLL (an unmasked numerator)', 'unsloth-zoo before log-probabilities were zeroed'],
  hypotheses: () => [
    {
      label: 'at masked positions only',
      accounts: ({ vector, found, agrees, tolerance }) => {
        if (agrees) return true;
        const { mask } = vector.batch;
        const { wrong } = compare(vector, { ...found, metrics: {} }, tolerance);
        return wrong.every(({ part, path, kind }) => {
          const [row, position] = path.slice(-2);
          const counts = typeof mask === 'object' && typeof row === 'number' ? mask[row] : undefined;
          const isMasked =
            typeof counts === 'object' && typeof position === 'number' && counts[position] === 0;
          return part === 'grad' && kind !== 'missing' && kind !== 'shape' && isMasked;
        });
      },
    },
  ],
};
