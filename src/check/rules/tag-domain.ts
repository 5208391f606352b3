/** E0409: domain of a tag holds a fraction. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const tagDomain: DiagnosticKind = {
  code: 'E0409',
  severity: 'error',
  title: 'domain of a tag holds a fraction',
  explanation:
    'A tag is an integer id, so its domain lists integers. In an interval the integers are meant, with or without the word `integer`.',
  bad: `objective example {
  model logp : token
  tag task : rollout in {0, 0.5, 1}
  minimize mean[token in batch](if task == 1 then -logp else 0)
}
`,
  good: `objective example {
  model logp : token
  tag task : rollout in {0, 1}
  minimize mean[token in batch](if task == 1 then -logp else 0)
}
`,
};

/** A member that no id can be. */
export const describeTagDomain = (span: Span): Diagnostic =>
  diagnose(tagDomain, { primary: { span, text: 'no integer' }, hint: 'list integers, or use `data`' });
