/** E0102: unclosed string. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const unclosedString: DiagnosticKind = {
  code: 'E0102',
  severity: 'error',
  title: 'unclosed string',
  explanation: 'A string begins and ends with a double quote on the same line. It has no escapes.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  verify "no dead zone : 1 <= 2
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  verify "no dead zone" : 1 <= 2
}
`,
};

/** A string that its line does not close. */
export const describeUnclosedString = (span: Span): Diagnostic =>
  diagnose(unclosedString, {
    primary: { span: { start: span.end, end: span.end }, text: 'expected `"` before the end of the line' },
    secondary: [{ span: { start: span.start, end: span.start + 1 }, text: 'opened here' }],
  });
