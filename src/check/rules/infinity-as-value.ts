/** E0311: infinity used as a value. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const infinityAsValue: DiagnosticKind = {
  code: 'E0311',
  severity: 'error',
  title: 'infinity used as a value',
  explanation:
    '`inf` and `-inf` stand for an absent bound of `clip`, for an anchor that adds nothing, and for a limit. Arithmetic with them has no meaning in the objective.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](min(-logp, inf))
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](clip(-logp, -inf, 0))
}
`,
};

/** An infinite value where a number belongs. */
export const describeInfinity = (span: Span): Diagnostic =>
  diagnose(infinityAsValue, {
    primary: { span, text: 'legal only as a bound of `clip`, an anchor or a limit' },
    hint: 'use a number',
  });
