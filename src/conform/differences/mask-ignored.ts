/** Masked positions are treated as tokens, or their gradients are not cleared. */
import { predicting, type Difference } from '../difference.js';

export const maskIgnored: Difference = {
  name: 'mask-ignored',
  kind: 'use',
  title: 'the mask is not applied: every position counts as a token',
  explanation: 'What stands at masked positions is read like any other value, and counted.',
  knownFrom: [
    'ROLL `token-mean` (the numerator is not masked)',
    'PACS (sums without the mask)',
    'TRL #4975 (tool mask)',
  ],
  hypotheses: (subject) => [
    predicting(subject, 'every position counts', ({ batch, params }) => {
      const { mask } = batch;
      if (typeof mask !== 'object') return undefined;
      const all = mask.map((row) => (typeof row === 'number' ? [] : row.map(() => 1)));
      return subject.evaluate(subject.program, { ...batch, mask: all }, params);
    }),
  ],
};
