/** E0420: q lies outside [0, 1]. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const quantileShare: DiagnosticKind = {
  code: 'E0420',
  severity: 'error',
  title: 'q lies outside [0, 1]',
  explanation:
    '`quantile(x, q)` is the value below which a share q of the elements lies: the smallest element at 0, the median at 0.5, the largest at 1. Percentages are divided by 100. Where q is only known at run time, one that lies outside gives NaN.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  metric high = mean[rollout in batch](quantile[token](-logp, 90))
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  metric high = mean[rollout in batch](quantile[token](-logp, 0.9))
}
`,
};

/** A share that is never one. */
export const describeQuantileShare = (argument: string, span: Span, isLarge: boolean): Diagnostic =>
  diagnose(quantileShare, {
    title: `\`${argument}\` lies outside [0, 1]`,
    primary: { span, text: 'expected a share between 0 and 1' },
    hint: isLarge ? 'divide a percentage by 100' : undefined,
  });
