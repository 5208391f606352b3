/** E0308: anchor on an aggregate that takes none. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const needlessAnchor: DiagnosticKind = {
  code: 'E0308',
  severity: 'error',
  title: 'anchor on an aggregate that takes none',
  explanation: 'Only `max`, `min` and `logsumexp` take an anchor: the others have a value over nothing.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-logp, anchor: 0)
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
}
`,
};

/** An anchor where there is always a value. */
export const describeNeedlessAnchor = (name: string, span: Span): Diagnostic =>
  diagnose(needlessAnchor, {
    title: `\`${name}\` takes no anchor`,
    primary: { span, text: 'it has a value over nothing without one' },
    hint: 'leave the anchor out',
  });
