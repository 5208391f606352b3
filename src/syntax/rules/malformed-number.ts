/** E0103: number is not a decimal. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const malformedNumber: DiagnosticKind = {
  code: 'E0103',
  severity: 'error',
  title: 'number is not a decimal',
  explanation:
    'A number is digits, then a point and more digits if wanted, then `e` and a whole exponent if wanted: `2`, `0.5`, `1e-6`. A digit must come before the point, and one after the `e`.',
  bad: `objective example {
  param tau in (0, inf) = .5
  model logp : token
  minimize mean[token in batch](-logp) * tau
}
`,
  good: `objective example {
  param tau in (0, inf) = 0.5
  model logp : token
  minimize mean[token in batch](-logp) * tau
}
`,
};

/** A number that lacks a digit. */
export const describeNumber = (image: string, span: Span): Diagnostic =>
  diagnose(malformedNumber, {
    primary: {
      span,
      text: image.startsWith('.')
        ? 'expected a digit before the point'
        : 'expected a digit after the exponent sign',
    },
    hint: image.startsWith('.') ? `write \`0${image}\`` : undefined,
  });
