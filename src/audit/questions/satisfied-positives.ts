/** What becomes of a positive's weight as its score goes to inf. */
import { ZERO, infinity } from '../../ir/build.js';
import { NO_ROLES, type Question } from '../question.js';

export const satisfiedPositives: Question = {
  id: 'satisfied-positives',
  title: 'satisfied positives are let go',
  claim: ({ roles, weight, score }) =>
    roles === undefined
      ? { notApplicable: NO_ROLES }
      : {
          guard: roles.positive,
          statement: { kind: 'limit', of: weight, variable: score, point: infinity(false), limit: ZERO },
        },
  proved: ({ score }) => ({
    judgement: 'good',
    text: `w → 0 as ${score.name} → ∞`,
  }),
  refuted: ({ score }) => ({
    judgement: 'neutral',
    text: `w does not vanish as ${score.name} → ∞`,
  }),
};
