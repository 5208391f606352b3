/** Whether the weights of a group cancel on-policy, as those of a centred advantage do. */
import { TRUE, ZERO, and, eq, reduce } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import type { Question } from '../question.js';

export const zeroSum: Question = {
  id: 'zero-sum',
  title: 'zero sum on-policy',
  claim: ({ policies, level, weight }) => {
    if (policies.length === 0)
      return { notApplicable: 'there is no `old_` policy to be on: nothing is on-policy' };
    if (level !== 'rollout' && level !== 'token')
      return { notApplicable: 'the score is not of a rollout or token, so there is no group to sum over' };
    const equal = policies.map(({ current, behaviour }) => {
      const same = eq(current, behaviour);
      return current.type.level === 'batch'
        ? same
        : reduce('all', { from: current.type.level, to: 'batch' }, same);
    });
    const total = reduce('sum', { from: level, to: 'group' }, weight);
    return {
      assuming: equal.reduce<Expr>((all, one) => (all === TRUE ? one : and(all, one)), TRUE),
      statement: { kind: 'comparison', operator: '==', left: total, right: ZERO },
    };
  },
  proved: () => ({ judgement: 'neutral', text: 'the weights of every group add up to 0 on-policy' }),
  refuted: () => ({ judgement: 'neutral', text: 'the weights of a group need not add up to 0 on-policy' }),
};
