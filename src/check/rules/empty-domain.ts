/** E0402: domain holds no value. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const emptyDomain: DiagnosticKind = {
  code: 'E0402',
  severity: 'error',
  title: 'domain holds no value',
  explanation:
    'The lower end of an interval comes first, an open end is not part of it, and an `integer` interval has to hold an integer. A domain without values would make every claim vacuous.',
  bad: `objective example {
  param eps in (1, 0) = 0.2
  model logp : token
  minimize mean[token in batch](-logp) * eps
}
`,
  good: `objective example {
  param eps in (0, 1) = 0.2
  model logp : token
  minimize mean[token in batch](-logp) * eps
}
`,
};

/** An interval that nothing lies in; a dependent one, whatever the parameters are that it names. */
export const describeEmptyDomain = (
  span: Span,
  integer: boolean,
  reversed: boolean,
  dependent: boolean,
): Diagnostic =>
  diagnose(emptyDomain, {
    primary: {
      span,
      text: reversed
        ? `the lower end is ${dependent ? 'always ' : ''}above the upper one`
        : `holds no ${integer ? 'integer' : 'number'}`,
    },
    hint: reversed ? 'write the lower end first' : 'close an end with `[` or `]`, or move it',
  });
