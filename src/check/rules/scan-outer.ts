/** E0321: scan into another level. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const scanOuter: DiagnosticKind = {
  code: 'E0321',
  severity: 'error',
  title: 'scan into another level',
  explanation:
    'A scan stays at its tokens: it makes one value per token out of one per token, and always ends where the rollout ends. Only an aggregate reduces into a coarser level.',
  bad: `objective example {
  model logp : token
  minimize sum[token in batch](cumsum[token in rollout](-logp))
}
`,
  good: `objective example {
  model logp : token
  minimize sum[token in batch](cumsum[token](-logp))
}
`,
};

/** A scan with an outer level. */
export const describeScanOuter = (name: string, outer: Span): Diagnostic =>
  diagnose(scanOuter, {
    title: `\`${name}\` stays at its level and takes no outer one`,
    primary: { span: outer, text: 'nothing is reduced here' },
    hint: `write \`${name}[token]\``,
  });
