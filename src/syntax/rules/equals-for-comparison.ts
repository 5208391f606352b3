/** E0106: `=` where two values are compared. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const equalsForComparison: DiagnosticKind = {
  code: 'E0106',
  severity: 'error',
  title: '`=` where two values are compared',
  explanation:
    '`=` gives a name its value, once per item. Two values are compared with `==`, and an argument is named with `:`.',
  bad: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[token in batch](-logp)
  metric solved = mean[rollout in batch](if reward = 1 then 1 else 0)
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[token in batch](-logp)
  metric solved = mean[rollout in batch](if reward == 1 then 1 else 0)
}
`,
};

/** A single equals sign inside an expression. */
export const describeEquals = (span: Span): Diagnostic =>
  diagnose(equalsForComparison, { primary: { span, text: 'expected `==`' }, hint: 'write `==` to compare' });

/** A single equals sign between the name and the value of an argument. */
export const describeNamedArgument = (name: string, span: Span): Diagnostic =>
  diagnose(equalsForComparison, {
    title: '`=` where an argument is named',
    primary: { span, text: 'expected `:`' },
    hint: `write \`${name}: …\``,
  });
