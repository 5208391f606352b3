/** E0403: default lies outside its domain. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const defaultOutside: DiagnosticKind = {
  code: 'E0403',
  severity: 'error',
  title: 'default lies outside its domain',
  explanation: 'The domain of a parameter is a contract that proofs rely on; its default keeps to it.',
  bad: `objective example {
  param eps in (0, 1) = 1
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

/** A default that its own domain excludes. */
export const describeDefaultOutside = (span: Span, domain: Span, text: string): Diagnostic =>
  diagnose(defaultOutside, {
    primary: { span, text: `not in ${text}` },
    secondary: [{ span: domain, text: 'the domain' }],
    hint: 'change the default or widen the domain',
  });
