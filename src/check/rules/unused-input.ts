/** W0202: declaration is never used. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name, Role } from '../../syntax/ast.js';

export const unusedInput: DiagnosticKind = {
  code: 'W0202',
  severity: 'warning',
  title: 'declaration is never used',
  explanation: 'Every batch has to supply the declared inputs, and this one changes nothing.',
  bad: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[token in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[token in batch](-logp * reward)
}
`,
};

/** An input or a parameter that nothing reads. */
export const describeUnusedInput = (name: Name, role: 'param' | Role): Diagnostic =>
  diagnose(unusedInput, {
    title: `${role} \`${name.text}\` is never used`,
    primary: { span: name.span, text: 'no result and no claim reads it' },
    hint: 'remove it, or use it',
  });
