/** Whether a right rollout's weight is bounded, too. */
import { abs } from '../../ir/build.js';
import { NO_ROLES, type Question } from '../question.js';

export const positivesBounded: Question = {
  id: 'positives-bounded',
  title: 'positives are bounded',
  claim: ({ roles, weight }) =>
    roles === undefined
      ? { notApplicable: NO_ROLES }
      : { guard: roles.positive, statement: { kind: 'bounded', of: abs(weight) } },
  proved: () => ({ judgement: 'good', text: '|w| of a positive is bounded' }),
  refuted: () => ({ judgement: 'bad', text: '|w| of a positive has no bound' }),
};
