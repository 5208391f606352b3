/** E0323: argument of a scan varies by token. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const scanArgumentLevel: DiagnosticKind = {
  code: 'E0323',
  severity: 'error',
  title: 'argument of a scan varies by token',
  explanation:
    '`gamma` of `discounted` and `fill` of `shift` are the same along a rollout: one value per rollout, or a coarser one.',
  bad: `objective example {
  model logp : token
  data trust : token in [0, 1]
  minimize mean[token in batch](discounted[token](-logp, trust))
}
`,
  good: `objective example {
  model logp : token
  data trust : token in [0, 1]
  minimize mean[token in batch](discounted[token](-logp, mean[token](trust)))
}
`,
};

/** A discount or a filling that varies along the rollout. */
export const describeScanArgumentLevel = (
  name: string,
  argument: string,
  span: Span,
  hint: string,
): Diagnostic =>
  diagnose(scanArgumentLevel, {
    title: `\`${argument}\` of \`${name}\` varies by token`,
    primary: { span, text: 'expected one value per rollout, found one per token' },
    hint,
  });
