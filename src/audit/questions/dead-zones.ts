/** Whether there is an interval on which an element that is pushed on-policy is not pushed at all. */
import { or } from '../../ir/build.js';
import { NO_ROLES, type Question } from '../question.js';

export const deadZones: Question = {
  id: 'dead-zones',
  title: 'dead zones',
  claim: ({ roles, weight, score }) =>
    roles === undefined
      ? { notApplicable: NO_ROLES }
      : {
          guard: or(roles.positive, roles.negative),
          statement: { kind: 'nowhere zero', of: weight, variable: score },
        },
  proved: ({ score }) => ({ judgement: 'good', text: `none: w vanishes on no interval of ${score.name}` }),
  refuted: ({ score }) => ({
    judgement: 'neutral',
    text: `yes: w is exactly 0 on an interval of ${score.name}`,
  }),
};
