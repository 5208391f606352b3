/** E0312: nothing is minimised. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name } from '../../syntax/ast.js';

export const noObjective: DiagnosticKind = {
  code: 'E0312',
  severity: 'error',
  title: 'nothing is minimised',
  explanation: 'Every objective has exactly one `minimize` or `maximize`.',
  bad: `objective example {
  model logp : token
  metric likelihood = mean[token in batch](logp)
}
`,
  good: `objective example {
  model logp : token
  metric likelihood = mean[token in batch](logp)
  minimize mean[token in batch](-logp)
}
`,
};

/** An objective without an optimised value. */
export const describeNoObjective = (name: Name): Diagnostic =>
  diagnose(noObjective, {
    title: `objective \`${name.text}\` minimises nothing`,
    primary: { span: name.span, text: 'expected one `minimize` or `maximize`' },
    hint: 'add `minimize` and a value at `batch`',
  });
