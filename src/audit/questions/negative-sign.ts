/** Whether a negative is pushed the same way wherever it is. */
import { ZERO } from '../../ir/build.js';
import { NO_ROLES, type Question } from '../question.js';

export const negativeSign: Question = {
  id: 'negative-sign',
  title: 'negatives are pushed down',
  claim: ({ roles, weight }) =>
    roles === undefined
      ? { notApplicable: NO_ROLES }
      : {
          guard: roles.negative,
          statement: { kind: 'comparison', operator: '>=', left: weight, right: ZERO },
        },
  proved: () => ({ judgement: 'good', text: 'w ≥ 0 wherever a negative is' }),
  refuted: () => ({ judgement: 'bad', text: 'a negative can be pushed up' }),
};
