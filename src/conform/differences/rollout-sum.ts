/** No length normalisation: the tokens of a rollout are summed. */
import { reduce } from '../../ir/build.js';
import { ownTokens, perRolloutOf, reaggregated, total } from '../aggregation.js';
import { implementing, type Difference } from '../difference.js';

export const rolloutSum: Difference = {
  name: 'rollout-sum',
  kind: 'formula',
  title: 'the tokens of a rollout are summed and not averaged',
  explanation:
    'Either the mean over rollouts of sums over tokens, or the plain sum of everything: the gradient of a token does not shrink with the length of its rollout.',
  knownFrom: ['verl `seq-mean-token-sum`', 'tinker (plain sum)', 'TRL `luspo`'],
  hypotheses: (subject) => [
    ...implementing(
      subject,
      'mean[rollout in batch](sum[token])',
      reaggregated(subject.program, (of) =>
        of.form === 'rollout sum' ? undefined : perRolloutOf(of, reduce('sum', ownTokens, of.cost)),
      ),
    ),
    ...implementing(subject, 'sum[token in batch]', reaggregated(subject.program, total)),
  ],
};
