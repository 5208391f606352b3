/** E0115: comparisons do not chain. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const chainedComparison: DiagnosticKind = {
  code: 'E0115',
  severity: 'error',
  title: 'comparisons do not chain',
  explanation:
    'A comparison yields true or false, which no further comparison takes. Two comparisons are joined by `and`.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  assume 0 <= 1 <= 2
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  assume 0 <= 1 and 1 <= 2
}
`,
};

/** A comparison of a comparison. */
export const describeChain = (second: Span, first: Span): Diagnostic =>
  diagnose(chainedComparison, {
    primary: { span: second, text: 'expected `and`, or the end of the comparison' },
    secondary: [{ span: first, text: 'compared here' }],
    hint: 'write `a < b and b < c`',
  });
