/** E0325: q varies more finely than the result. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Level } from '../../base/level.js';
import type { Span } from '../../base/span.js';

export const quantileLevel: DiagnosticKind = {
  code: 'E0325',
  severity: 'error',
  title: 'q varies more finely than the result',
  explanation:
    'A quantile has one `q` for each set that is reduced, so `q` has one value per result, or a coarser one.',
  bad: `objective example {
  model logp : token
  data share : token in [0, 1]
  minimize mean[token in batch](-logp)
  metric high = mean[rollout in batch](quantile[token](-logp, share))
}
`,
  good: `objective example {
  model logp : token
  data share : token in [0, 1]
  minimize mean[token in batch](-logp)
  metric high = mean[rollout in batch](quantile[token](-logp, mean[token](share)))
}
`,
};

/** A second argument with several values per result. */
export const describeQuantileLevel = (
  argument: string,
  span: Span,
  found: Level,
  index: Span,
  to: Level,
): Diagnostic =>
  diagnose(quantileLevel, {
    title: `\`${argument}\` varies more finely than the result`,
    primary: { span, text: `expected one value per ${to}, found one per ${found}` },
    secondary: [{ span: index, text: `reduces into the ${to}` }],
    hint: `reduce \`${argument}\` as well`,
  });
