/** E0503: optimised value holds a derivative. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const gradMinimized: DiagnosticKind = {
  code: 'E0503',
  severity: 'error',
  title: 'optimised value holds a derivative',
  explanation:
    'The optimised value is differentiated once. A derivative inside it would have to be differentiated again, which no trainer expects.',
  bad: `objective example {
  model logp : token
  let cost = logp ^ 2
  let w = grad(cost, logp)
  minimize mean[token in batch](w ^ 2)
}
`,
  good: `objective example {
  model logp : token
  let cost = logp ^ 2
  let w = grad(cost, logp)
  minimize mean[token in batch](cost)
}
`,
};

/** A derivative that would be differentiated. */
export const describeGradMinimized = (span: Span, grad: Span, keyword: 'minimize' | 'maximize'): Diagnostic =>
  diagnose(gradMinimized, {
    title: `\`${keyword}\` of a derivative`,
    primary: { span, text: 'holds a `grad`' },
    secondary: [{ span: grad, text: 'the derivative' }],
    hint: 'optimise a value without `grad`',
  });
