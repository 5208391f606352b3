/** E0212: definition has the name of a built-in. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name } from '../../syntax/ast.js';

export const builtInName: DiagnosticKind = {
  code: 'E0212',
  severity: 'error',
  title: 'definition has the name of a built-in',
  explanation:
    'Functions and aggregates of the language cannot be redefined: whoever reads `exp(x)` may rely on what it means. The same holds for `grad`, `sup` and `inf`.',
  bad: `def exp(x) = 1 + x + x * x / 2

objective example {
  model logp : token
  minimize mean[token in batch](-exp(logp))
}
`,
  good: `def exp_to_second_order(x) = 1 + x + x * x / 2

objective example {
  model logp : token
  minimize mean[token in batch](-exp_to_second_order(logp))
}
`,
};

/** A definition or an import with the name of a function of the language. */
export const describeBuiltInName = (name: Name): Diagnostic =>
  diagnose(builtInName, {
    title: `\`${name.text}\` is a function of the language`,
    primary: { span: name.span, text: 'cannot be defined again' },
    hint: 'give the definition another name',
  });
