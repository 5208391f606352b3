/** The constant logit of a log-sum-exp is left out. */
import { infinity, reduce } from '../../ir/build.js';
import { implementing, type Difference } from '../difference.js';
import { rewritten } from '../rewriting.js';

export const anchorMissing: Difference = {
  name: 'anchor-missing',
  kind: 'formula',
  title: 'the anchor logit of a log-sum-exp is left out',
  explanation:
    'log Σ eᶻ in place of log(1 + Σ eᶻ): an empty class then has no cost at all, and weights do not die out on rollouts that are well placed.',
  knownFrom: ['REAL’s product style, which has none'],
  hypotheses: (subject) =>
    implementing(
      subject,
      'no anchor',
      rewritten(subject.program, (expr) =>
        expr.op === 'reduce' && expr.anchor !== undefined && expr.anchor.op !== 'inf'
          ? reduce(expr.reduce, { from: expr.from, to: expr.to, where: expr.where }, expr.x, infinity(true))
          : expr,
      ),
    ),
};
