/** E0201: unknown name. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name } from '../../syntax/ast.js';

export const unknownName: DiagnosticKind = {
  code: 'E0201',
  severity: 'error',
  title: 'unknown name',
  explanation:
    'A value has to be declared with `param`, `model` or `data`, or defined with `let`, in the same objective and before it is read; a definition reads its parameters and nothing else. Functions and values have separate namespaces: `exp` alone is not a value.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-log_p)
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
}
`,
};

/** A name that stands for nothing. */
export const describeUnknownName = (
  name: Name,
  hint: string | undefined,
  defining: string | undefined,
): Diagnostic =>
  diagnose(unknownName, {
    title: `unknown name \`${name.text}\``,
    primary: {
      span: name.span,
      text: defining === undefined ? 'not defined in this objective' : `not a parameter of \`${defining}\``,
    },
    hint,
  });
