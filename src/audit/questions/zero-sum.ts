/** Whether the weights of a group cancel on-policy, as those of a centred advantage do. */
import { ZERO, reduce } from '../../ir/build.js';
import type { Question } from '../question.js';
import { onPolicy } from '../subject.js';

export const zeroSum: Question = {
  id: 'zero-sum',
  title: 'zero sum on-policy',
  claim: ({ policies, level, weight }) => {
    if (policies.length === 0)
      return { notApplicable: 'there is no `old_` policy to be on: nothing is on-policy' };
    if (level !== 'rollout' && level !== 'token')
      return { notApplicable: 'the score is not of a rollout or token, so there is no group to sum over' };
    const there = onPolicy(weight, policies);
    // Rollout by rollout: what is the same for all tokens of one is told from what is not.
    const ofRollout = level === 'token' ? reduce('sum', { from: 'token', to: 'rollout' }, there) : there;
    const total = reduce('sum', { from: 'rollout', to: 'group' }, ofRollout);
    return { statement: { kind: 'comparison', operator: '==', left: total, right: ZERO } };
  },
  proved: () => ({ judgement: 'neutral', text: 'the weights of every group add up to 0 on-policy' }),
  refuted: () => ({ judgement: 'neutral', text: 'the weights of a group need not add up to 0 on-policy' }),
};
