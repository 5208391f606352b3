/** E0305: batch cannot be reduced. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const batchReduced: DiagnosticKind = {
  code: 'E0305',
  severity: 'error',
  title: 'batch cannot be reduced',
  explanation:
    'The batch is the coarsest level: there is one, and nothing to reduce it into. A reduction over the whole batch names the level that it runs over: `mean[token in batch](x)`.',
  bad: `objective example {
  model logp : token
  minimize mean[batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
}
`,
};

/** A reduction over batches. */
export const describeBatchReduced = (span: Span): Diagnostic =>
  diagnose(batchReduced, {
    title: '`batch` is the coarsest level and cannot be reduced',
    primary: { span, text: 'expected `group`, `rollout` or `token`' },
    hint: 'name the level that it runs over, e.g. `[token in batch]`',
  });
