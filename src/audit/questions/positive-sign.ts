/** Whether a positive is pushed the same way wherever it is. */
import { ZERO } from '../../ir/build.js';
import { NO_ROLES, type Question } from '../question.js';

export const positiveSign: Question = {
  id: 'positive-sign',
  title: 'positives are pushed up',
  claim: ({ roles, weight }) =>
    roles === undefined
      ? { notApplicable: NO_ROLES }
      : {
          guard: roles.positive,
          statement: { kind: 'comparison', operator: '<=', left: weight, right: ZERO },
        },
  proved: () => ({ judgement: 'good', text: 'w ≤ 0 wherever a positive is' }),
  refuted: () => ({ judgement: 'bad', text: 'a positive can be pushed down' }),
};
