/** The width of the padded batch in place of a length, or of a constant. */
import { mul } from '../../ir/build.js';
import { byArea, byWidth, reaggregated, total, widthOf, withWidth, WIDTH } from '../aggregation.js';
import { implementing, type Difference } from '../difference.js';
import { meanOf, sumOf } from '../patterns.js';
import { readsModel, rewritten } from '../rewriting.js';
import { count, div, reduce } from '../../ir/build.js';

export const paddedWidth: Difference = {
  name: 'padded-width',
  kind: 'formula',
  title: 'divided by the padded width of the batch',
  explanation:
    'The normaliser is the number of columns that this batch was padded to: a mean over a padded tensor, or a “maximum length” that is read off the batch. The gradient then depends on the longest rollout that happens to be there.',
  knownFrom: [
    'verl and ROLL `seq-mean-token-sum-norm` without a set factor',
    'verl #3741 (÷ width, not ÷ batch)',
    'LUFFY (`loss_remove_token_mean`)',
    'TRL `luspo` with β ≠ 0 (mean over padding)',
  ],
  hypotheses: (subject) => {
    const { program } = subject;
    const forms = [
      ['÷ (rollouts · width)', reaggregated(program, (of) => byArea(total(of)))],
      ['÷ width only', reaggregated(program, (of) => byWidth(total(of)))],
      ['every mean[token] ÷ width', withPaddingCounted(program)],
    ] as const;
    return forms.flatMap(([label, other]) => implementing(subject, label, withWidth(other), widthOf));
  },
};

/** Means over tokens of what the model says, divided by the width. */
const withPaddingCounted = (program: Parameters<typeof rewritten>[0]): ReturnType<typeof rewritten> =>
  rewritten(program, (expr) => {
    const mean = meanOf(expr);
    if (mean?.set.from !== 'token' || !readsModel(mean.x) || sumOf(expr) !== undefined) return expr;
    const { to } = mean.set;
    const places = to === 'rollout' ? WIDTH : mul(count({ from: 'rollout', to }), WIDTH);
    return div(reduce('sum', mean.set, mean.x), places);
  });
