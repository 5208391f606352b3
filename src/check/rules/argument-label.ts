/** E0209: unknown argument label. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name } from '../../syntax/ast.js';

export const argumentLabel: DiagnosticKind = {
  code: 'E0209',
  severity: 'error',
  title: 'unknown argument label',
  explanation:
    'Arguments go by position. Labelled are the anchor of an aggregate, `anchor:`, and `by:` and `fill:` of `shift`; `gamma:` of `discounted` and `q:` of `quantile` may be. A function takes the name of its own parameter at that position as a label, for readers.',
  bad: `objective example {
  model logp : token
  minimize sum[group in batch](max[token in group](-logp, bias: 0))
}
`,
  good: `objective example {
  model logp : token
  minimize sum[group in batch](max[token in group](-logp, anchor: 0))
}
`,
};

/** A label that the function does not have at this position. */
export const describeArgumentLabel = (name: string, label: Name, accepted: readonly string[]): Diagnostic =>
  diagnose(argumentLabel, {
    title: `\`${name}\` has no argument \`${label.text}\` here`,
    primary: { span: label.span, text: 'not a label here' },
    hint: accepted[0] === undefined ? 'leave the label out' : `expected \`${accepted[0]}:\``,
  });

/** A label that another argument has already. */
export const describeLabelTwice = (label: Name): Diagnostic =>
  diagnose(argumentLabel, {
    title: `\`${label.text}\` is given twice`,
    primary: { span: label.span, text: 'given before' },
    hint: 'leave one of them out',
  });
