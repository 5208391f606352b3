/** E0313: several values are minimised. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const severalObjectives: DiagnosticKind = {
  code: 'E0313',
  severity: 'error',
  title: 'several values are minimised',
  explanation:
    'An objective has exactly one `minimize` or `maximize`. Several terms are added up, with their weights, in one value.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  minimize mean[token in batch](logp ^ 2)
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp) + mean[token in batch](logp ^ 2)
}
`,
};

/** A second optimised value. */
export const describeSeveralObjectives = (span: Span, first: Span): Diagnostic =>
  diagnose(severalObjectives, {
    primary: { span, text: 'a second one' },
    secondary: [{ span: first, text: 'the first' }],
    hint: 'add the terms up in one value',
  });
