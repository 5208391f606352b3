/** E0404: infinite end is closed. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const closedInfinity: DiagnosticKind = {
  code: 'E0404',
  severity: 'error',
  title: 'infinite end is closed',
  explanation: 'Infinity is not a number that an input can have, so an infinite end is open: `[0, inf)`.',
  bad: `objective example {
  param beta in [0, inf] = 0
  model logp : token
  minimize mean[token in batch](-logp) * beta
}
`,
  good: `objective example {
  param beta in [0, inf) = 0
  model logp : token
  minimize mean[token in batch](-logp) * beta
}
`,
};

/** An interval that claims to hold infinity. */
export const describeClosedInfinity = (span: Span, open: string): Diagnostic =>
  diagnose(closedInfinity, {
    primary: { span, text: 'not a value that a number can have' },
    hint: `write \`${open}\``,
  });
