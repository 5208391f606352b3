/** E0324: distance is not an integer literal. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const shiftDistance: DiagnosticKind = {
  code: 'E0324',
  severity: 'error',
  title: 'distance is not an integer literal',
  explanation:
    '`by` says how many tokens earlier a value is taken from; a negative number looks ahead. It is written out as an integer, so that what reads what is known before any number is.',
  bad: `objective example {
  model logp : token
  param k in integer [1, 4] = 1
  minimize mean[token in batch](shift[token](-logp, by: k, fill: 0))
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](shift[token](-logp, by: 1, fill: 0))
}
`,
};

/** A distance that is computed, or no whole number. */
export const describeShiftDistance = (name: string, argument: string, span: Span): Diagnostic =>
  diagnose(shiftDistance, {
    title: `\`${argument}\` of \`${name}\` is not an integer literal`,
    primary: { span, text: 'expected an integer, written out' },
    hint: `write e.g. \`${argument}: 1\` or \`${argument}: -1\``,
  });
