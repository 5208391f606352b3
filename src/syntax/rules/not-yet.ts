/** E0180: not in this edition yet. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const notYet: DiagnosticKind = {
  code: 'E0180',
  severity: 'error',
  title: 'not in this edition yet',
  explanation:
    'The construct belongs to the language, and a later edition compiles it. This one reads it, so that the rest of the file can be checked, and refuses it.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  metric total = mean[token in batch](sum[vocab](logp))
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  metric total = mean[rollout in batch](sum[token](logp))
}
`,
};

/** A construct of a later edition. */
export const describeNotYet = (what: string, span: Span, hint?: string): Diagnostic =>
  diagnose(notYet, { title: `${what} not in this edition yet`, primary: { span, text: 'not yet' }, hint });
