/** Every token of the batch counts the same, where the objective lets every rollout count the same. */
import { reduce } from '../../ir/build.js';
import { reaggregated, tokens } from '../aggregation.js';
import { implementing, type Difference } from '../difference.js';

export const tokenMean: Difference = {
  name: 'token-mean',
  kind: 'formula',
  title: 'the mean over all tokens of the batch, in place of a mean per rollout',
  explanation:
    'Σ over all tokens ÷ number of all tokens: long rollouts weigh more. Of a value per rollout (GSPO) it makes one that is weighted by length.',
  knownFrom: [
    'TRL `loss_type="dapo"`, which is the default of its GRPOTrainer',
    'verl `token-mean`, EasyR1 (#212)',
    'GSPO with a token reduction: TRL, AReaL, Fast-LLM #544',
  ],
  hypotheses: (subject) =>
    implementing(
      subject,
      'mean[token in batch]',
      reaggregated(subject.program, (of) =>
        of.form === 'token mean' ? undefined : reduce('mean', tokens(of.where), of.cost),
      ),
    ),
};
