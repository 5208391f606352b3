/** Gradient misassignment in positives: the less likely a right rollout is, the less it is pushed (REAL, arXiv:2602.05630). */
import { abs } from '../../ir/build.js';
import { NO_ROLES, type Question } from '../question.js';

export const misassignment: Question = {
  id: 'misassignment',
  title: 'gradient misassignment in positives',
  claim: ({ roles, weight, score }) =>
    roles === undefined
      ? { notApplicable: NO_ROLES }
      : {
          guard: roles.positive,
          statement: { kind: 'monotone', direction: 'nonincreasing', of: abs(weight), variable: score },
        },
  proved: ({ score }) => ({
    judgement: 'good',
    text: `none: of a positive, |w| never shrinks as ${score.name} falls`,
  }),
  refuted: ({ score }) => ({
    judgement: 'bad',
    text: `yes: of a positive, |w| can shrink as ${score.name} falls, so that the hardest ones learn least`,
  }),
};
