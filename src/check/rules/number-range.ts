/** E0406: number is out of range. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const numberRange: DiagnosticKind = {
  code: 'E0406',
  severity: 'error',
  title: 'number is out of range',
  explanation:
    'Literals are read exactly, but the objective is computed in doubles: a literal between 1e-323 and 1.7e308, or 0, of at most 2000 digits.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-logp) * 1e400
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp) * 1e40
}
`,
};

/** A literal that a double makes infinite or 0. */
export const describeNumberRange = (span: Span): Diagnostic =>
  diagnose(numberRange, {
    primary: { span, text: 'no double-precision number is near it' },
    hint: 'use a size between 1e-323 and 1.7e308',
  });

/** A literal with more digits than any double has. */
export const describeLongNumber = (span: Span, most: number): Diagnostic =>
  diagnose(numberRange, {
    title: 'number is too long',
    primary: { span, text: `more than ${most} digits` },
    hint: 'a double holds 17 significant digits',
  });
