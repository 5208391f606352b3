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
  data reward : rollout
  minimize mean[token in batch](-logp)
  metric others = mean[rollout in batch](mean[others](reward))
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[token in batch](-logp)
  metric rest = mean[rollout in batch](reward)
}
`,
};

/** A construct of a later edition. */
export const describeNotYet = (what: string, span: Span, hint?: string): Diagnostic =>
  diagnose(notYet, { title: `${what} not in this edition yet`, primary: { span, text: 'not yet' }, hint });
