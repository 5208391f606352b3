/** Gradient domination in negatives: a wrong rollout's weight grows without bound (REAL, arXiv:2602.05630). */
import { abs } from '../../ir/build.js';
import { NO_ROLES, type Question } from '../question.js';

export const domination: Question = {
  id: 'domination',
  title: 'gradient domination in negatives',
  claim: ({ roles, weight }) =>
    roles === undefined
      ? { notApplicable: NO_ROLES }
      : { guard: roles.negative, statement: { kind: 'bounded', of: abs(weight) } },
  proved: () => ({ judgement: 'good', text: 'none: |w| of a negative is bounded' }),
  refuted: () => ({
    judgement: 'bad',
    text: 'yes: |w| of a negative has no bound, and one rollout can outweigh all the others',
  }),
};
