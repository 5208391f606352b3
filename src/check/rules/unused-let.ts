/** W0201: name is never used. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name } from '../../syntax/ast.js';

export const unusedLet: DiagnosticKind = {
  code: 'W0201',
  severity: 'warning',
  title: 'name is never used',
  explanation:
    'No result and no claim reads this name. It may be left over, or a slip in the value that should read it.',
  bad: `objective example {
  model logp : token
  let doubled = 2 * logp
  minimize mean[token in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  let doubled = 2 * logp
  minimize mean[token in batch](-doubled)
}
`,
};

/** A let that nothing reads. */
export const describeUnusedLet = (name: Name): Diagnostic =>
  diagnose(unusedLet, {
    title: `\`${name.text}\` is never used`,
    primary: { span: name.span, text: 'no result and no claim reads it' },
    hint: 'remove it, or use it',
  });
