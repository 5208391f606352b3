/** W0502: log-ratio as a penalty does nothing. */
import { diagnose, type DiagnosticKind } from '../../base/diagnostic.js';
import { penaltyTerms } from '../terms.js';
import { logRatio, unnamed } from '../ratio.js';
import type { Lint } from '../lint.js';

export const k1AsLoss: DiagnosticKind = {
  code: 'W0502',
  severity: 'warning',
  title: 'log-ratio as a penalty does nothing',
  explanation:
    'The mean of logp − ref_logp is the divergence from the reference, but its gradient is the score function times a constant, whose expectation under the policy is zero: as a loss it adds noise and no pull. Put it into the reward, where its value counts, or take k2 (`square(logp - ref_logp) / 2`), whose gradient on-policy is that of the reverse divergence.',
  bad: `objective example {
  param beta in [0, inf) = 0.1
  model logp : token
  data ref_logp : token
  data reward : rollout in {0, 1}
  minimize mean[token in batch](-logp * reward + beta * (logp - ref_logp))
}
`,
  good: `objective example {
  param beta in [0, inf) = 0.1
  model logp : token
  data ref_logp : token
  data reward : rollout in {0, 1}
  minimize mean[token in batch](-logp * reward + beta * square(logp - ref_logp) / 2)
}
`,
};

export const linearPenalty: Lint = {
  kind: k1AsLoss,
  find: (subject) => {
    const terms = penaltyTerms(subject);
    const meanings = terms.flatMap(({ expr }) => subject.meaningOf(expr) ?? []).map(unnamed);
    // Beside its own exponential it is a part of another estimator.
    const isPart = meanings.some(
      (one) => (one.op === 'exp' || one.op === 'expm1') && logRatio(one.x) !== undefined,
    );
    if (isPart) return [];
    return terms
      .filter(({ expr }) => logRatio(subject.meaningOf(expr)) !== undefined && expr.kind === 'binary')
      .map(({ expr }) =>
        diagnose(k1AsLoss, {
          primary: { span: expr.span, text: 'k1: its gradient is zero in expectation' },
          hint: 'use k2, `square(logp - ref_logp) / 2`, or put it into the reward',
        }),
      );
  },
};
