/** E0218: argument without its label. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const missingLabel: DiagnosticKind = {
  code: 'E0218',
  severity: 'error',
  title: 'argument without its label',
  explanation:
    '`shift[token](x, by: k, fill: a)` names both: which number is the distance and which one fills is not to be told from their places, and neither has a default.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](shift[token](-logp, 1, 0))
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](shift[token](-logp, by: 1, fill: 0))
}
`,
};

/** An argument that has to be there under its own name, and is not. */
export const describeMissingLabel = (
  name: string,
  labels: readonly string[],
  span: Span,
  hint: string,
): Diagnostic => {
  const list = labels.map((label) => `\`${label}:\``).join(' and ');
  return diagnose(missingLabel, {
    title: `\`${name}\` needs ${list}`,
    primary: { span, text: `expected ${list}` },
    hint,
  });
};
