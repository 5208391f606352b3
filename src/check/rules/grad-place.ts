/** E0502: `grad` outside a let. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const gradPlace: DiagnosticKind = {
  code: 'E0502',
  severity: 'error',
  title: '`grad` outside a let',
  explanation:
    'A gradient weight is a value of its own: it is named by a `let`, and metrics and claims use the name.',
  bad: `objective example {
  model logp : token
  data reward : rollout
  let cost = -logp * reward
  minimize mean[token in batch](cost)
  metric weight = mean[token in batch](grad(cost, logp))
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout
  let cost = -logp * reward
  minimize mean[token in batch](cost)
  let w = grad(cost, logp)
  metric weight = mean[token in batch](w)
}
`,
};

/** A derivative without a name. */
export const describeGradPlace = (span: Span): Diagnostic =>
  diagnose(gradPlace, {
    primary: { span, text: 'legal only in the value of a `let`' },
    hint: 'name it first: `let w = grad(…)`',
  });
