/** E0302: number where a condition belongs, or the reverse. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Expr, Name } from '../../syntax/ast.js';
import type { Kind } from '../../ir/type.js';

export const kindMismatch: DiagnosticKind = {
  code: 'E0302',
  severity: 'error',
  title: 'number where a condition belongs, or the reverse',
  explanation:
    'Conditions and numbers never convert into each other. Arithmetic, functions and `minimize` take numbers; `where`, `if`, `any`, `all`, `and`, `or`, `not` and hypotheses take conditions.',
  bad: `objective example {
  model logp : token
  data old_logp : token
  minimize mean[token in batch](-logp)
  metric above = mean[token in batch](logp > old_logp)
}
`,
  good: `objective example {
  model logp : token
  data old_logp : token
  minimize mean[token in batch](-logp)
  metric above = mean[token in batch](if logp > old_logp then 1 else 0)
}
`,
};

/** A value of the wrong kind. */
export const describeKind = (expected: Kind, expr: Expr, text: string): Diagnostic =>
  expected === 'real'
    ? diagnose(kindMismatch, {
        title: 'condition where a number belongs',
        primary: { span: expr.span, text: 'expected a number, found a condition' },
        hint: `write \`if ${text} then 1 else 0\``,
      })
    : diagnose(kindMismatch, {
        title: 'number where a condition belongs',
        primary: { span: expr.span, text: 'expected a condition, found a number' },
        hint: `compare it, e.g. \`${text} > 0\``,
      });

/** A claim along a condition: only a number can be varied. */
export const describeVariedCondition = ({ text, span }: Name): Diagnostic =>
  diagnose(kindMismatch, {
    title: 'condition where a number belongs',
    primary: { span, text: 'expected the name of a number, found a condition' },
    hint: `claim it in a number that \`${text}\` is made of`,
  });
