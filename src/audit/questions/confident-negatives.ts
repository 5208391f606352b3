/** What becomes of a negative's weight as its score goes to inf. */
import { ZERO, infinity } from '../../ir/build.js';
import { NO_ROLES, type Question } from '../question.js';

export const confidentNegatives: Question = {
  id: 'confident-negatives',
  title: 'confident negatives are let go',
  claim: ({ roles, weight, score }) =>
    roles === undefined
      ? { notApplicable: NO_ROLES }
      : {
          guard: roles.negative,
          statement: { kind: 'limit', of: weight, variable: score, point: infinity(false), limit: ZERO },
        },
  proved: ({ score }) => ({
    judgement: 'bad',
    text: `w → 0 as ${score.name} → ∞`,
  }),
  refuted: ({ score }) => ({
    judgement: 'good',
    text: `w does not vanish as ${score.name} → ∞`,
  }),
};
