/** E0120: nested too deeply. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const nestedTooDeeply: DiagnosticKind = {
  code: 'E0120',
  severity: 'error',
  title: 'nested too deeply',
  explanation:
    'An expression may hold 100 brackets and conditionals inside one another, and 500 operators in a row. A part of it can be named with `let`.',
  bad: `objective example {
  model logp : token
  metric one = ${'('.repeat(101)}1${')'.repeat(101)}
  minimize mean[token in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  let half = (1 + 1) / 4
  metric one = half + half
  minimize mean[token in batch](-logp)
}
`,
};

/** The nesting or the length of one expression passes its limit. */
export const describeDepth = (span: Span, long: boolean): Diagnostic =>
  diagnose(nestedTooDeeply, {
    ...(long ? { title: 'expression is too long' } : {}),
    primary: {
      span,
      text: long ? `more than ${MAX_OPERATORS} operators in a row` : `more than ${MAX_NESTING} levels deep`,
    },
    hint: 'name a part of it with `let`',
  });

/** How many brackets and conditionals may stand inside one another. */
export const MAX_NESTING = 100;
/** How many operators may follow one another. */
export const MAX_OPERATORS = 500;
