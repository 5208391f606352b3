/** E0320: scan along a level without an order. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Level } from '../../base/level.js';
import type { Span } from '../../base/span.js';

export const scanLevel: DiagnosticKind = {
  code: 'E0320',
  severity: 'error',
  title: 'scan along a level without an order',
  explanation:
    '`cumsum`, `discounted` and `shift` go along a rollout from token to token. The rollouts of a group and the groups of a batch are sets: no order of theirs means anything, so nothing can go along them.',
  bad: `objective example {
  model logp : token
  minimize sum[rollout in batch](cumsum[rollout](mean[token](-logp)))
}
`,
  good: `objective example {
  model logp : token
  minimize sum[token in batch](cumsum[token](-logp))
}
`,
};

/** A scan along rollouts, groups or the batch. */
export const describeScanLevel = (name: string, level: Level, index: Span): Diagnostic =>
  diagnose(scanLevel, {
    title: `\`${name}\` goes along tokens, not along ${level === 'batch' ? 'the batch' : `${level}s`}`,
    primary: {
      span: index,
      text: `expected \`[token]\`${level === 'batch' ? '' : `: ${level}s have no order`}`,
    },
  });
