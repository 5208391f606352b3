/** E0307: anchor varies more finely than the result. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Level } from '../../base/level.js';
import type { Span } from '../../base/span.js';
import type { Reduction } from '../../syntax/ast.js';

export const anchorLevel: DiagnosticKind = {
  code: 'E0307',
  severity: 'error',
  title: 'anchor varies more finely than the result',
  explanation:
    'An anchor is one element that is added to each reduced set, so it has one value per result, or a coarser one.',
  bad: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[group in batch](logsumexp[rollout](mean[token](-logp), anchor: reward))
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[group in batch](logsumexp[rollout](mean[token](-logp), anchor: mean[rollout](reward)))
}
`,
};

/** An anchor with several values per result. */
export const describeAnchorLevel = (
  span: Span,
  found: Level,
  { index, indexSpan }: Reduction,
  to: Level,
): Diagnostic =>
  diagnose(anchorLevel, {
    title: 'anchor varies more finely than the result',
    primary: { span, text: `expected one value per ${to}, found one per ${found}` },
    secondary: [
      {
        span: indexSpan,
        text: index.kind === 'others' ? 'gives one value per rollout' : `reduces into the ${to}`,
      },
    ],
    hint: 'reduce the anchor as well',
  });
