/** E0119: operand needs parentheses. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const misplacedOperand: DiagnosticKind = {
  code: 'E0119',
  severity: 'error',
  title: 'operand needs parentheses',
  explanation:
    '`if` reaches as far to the right as it can, and `not` takes a whole comparison, so neither is an operand of a tighter operator. Parentheses say where it ends.',
  bad: `objective example {
  model logp : token
  metric one = 1 + if count[group] > 1 then 0 else 1
  minimize mean[token in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  metric one = 1 + (if count[group] > 1 then 0 else 1)
  minimize mean[token in batch](-logp)
}
`,
};

/** An `if` or a `not` as an operand. */
export const describeMisplaced = (what: 'if' | 'not', span: Span): Diagnostic =>
  diagnose(misplacedOperand, {
    title: `\`${what}\` inside an operator needs parentheses`,
    primary: { span, text: 'expected `(` before it' },
    hint: what === 'if' ? 'write `(if c then a else b)`' : 'write `(not c)`',
  });
