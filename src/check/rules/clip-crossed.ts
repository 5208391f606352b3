/** E0405: bounds of clip are crossed. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const clipCrossed: DiagnosticKind = {
  code: 'E0405',
  severity: 'error',
  title: 'bounds of clip are crossed',
  explanation: '`clip(x, low, high)` with low above high has no meaning: no value lies between.',
  bad: `objective example {
  param eps in (0, 1) = 0.2
  model logp : token
  minimize mean[token in batch](clip(-logp, 1 + eps, 1 - eps))
}
`,
  good: `objective example {
  param eps in (0, 1) = 0.2
  model logp : token
  minimize mean[token in batch](clip(-logp, 1 - eps, 1 + eps))
}
`,
};

/** A lower bound that is always above the upper one. */
export const describeCrossedClip = (low: Span, high: Span): Diagnostic =>
  diagnose(clipCrossed, {
    primary: { span: low, text: 'always above the upper bound' },
    secondary: [{ span: high, text: 'the upper bound' }],
    hint: 'write the lower bound first',
  });
