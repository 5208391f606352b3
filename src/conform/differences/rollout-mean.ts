/** Every rollout counts the same, where the objective lets every token count the same. */
import { reduce } from '../../ir/build.js';
import { ownTokens, perRolloutOf, reaggregated } from '../aggregation.js';
import { implementing, type Difference } from '../difference.js';

export const rolloutMean: Difference = {
  name: 'rollout-mean',
  kind: 'formula',
  title: 'a mean per rollout and then over rollouts, in place of the objective’s aggregation',
  explanation:
    'Σ of each rollout ÷ its own length, then the mean over rollouts: tokens of long rollouts weigh less. This is GRPO’s aggregation as published.',
  knownFrom: ['TRL and ms-swift `loss_type="grpo"`', 'verl `seq-mean-token-mean`', 'ROLL’s default'],
  hypotheses: (subject) =>
    implementing(
      subject,
      'mean[rollout in batch](mean[token])',
      reaggregated(subject.program, (of) =>
        of.form === 'rollout mean' || of.form === 'mean per rollout'
          ? undefined
          : perRolloutOf(of, reduce('mean', { ...ownTokens, where: tokenCondition(of.where) }, of.cost)),
      ),
    ),
};

const tokenCondition = <Condition extends { readonly type: { readonly level: string } }>(
  where: Condition | undefined,
): Condition | undefined => (where?.type.level === 'token' ? where : undefined);
