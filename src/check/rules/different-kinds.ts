/** E0309: number and condition side by side. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Expr } from '../../syntax/ast.js';
import type { Kind } from '../../ir/type.js';

export const differentKinds: DiagnosticKind = {
  code: 'E0309',
  severity: 'error',
  title: 'number and condition side by side',
  explanation:
    '`==` and `!=` compare two numbers or two conditions, and both branches of an `if` are of one kind.',
  bad: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[token in batch](-logp)
  assume reward == true
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[token in batch](-logp)
  assume reward == 1
}
`,
};

/** Two operands that have to be of one kind and are not. */
export const describeDifferentKinds = (
  left: Expr,
  right: Expr,
  kindOfLeft: Kind,
  condition: string,
): Diagnostic =>
  diagnose(differentKinds, {
    primary: { span: right.span, text: kindOfLeft === 'real' ? 'a condition' : 'a number' },
    secondary: [{ span: left.span, text: kindOfLeft === 'real' ? 'a number' : 'a condition' }],
    hint: `make them of one kind, e.g. \`if ${condition} then 1 else 0\``,
  });
