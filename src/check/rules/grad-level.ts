/** E0505: differentiated value is finer than its variable. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Level } from '../../base/level.js';
import type { Span } from '../../base/span.js';
import type { Expr } from '../../syntax/ast.js';

export const gradLevel: DiagnosticKind = {
  code: 'E0505',
  severity: 'error',
  title: 'differentiated value is finer than its variable',
  explanation:
    '`grad(y, x)` is, at each element of x, the derivative of the sum of all y. For a y finer than x that sum is easily missed, so it is written.',
  bad: `objective example {
  model logp : token
  let s = mean[token](logp)
  let cost = exp(s) * logp
  minimize mean[token in batch](cost)
  let w = grad(stop(logp) * exp(s), s)
}
`,
  good: `objective example {
  model logp : token
  let s = mean[token](logp)
  let cost = exp(s) * logp
  minimize mean[token in batch](cost)
  let w = grad(sum[token](stop(logp) * exp(s)), s)
}
`,
};

/** A y with several elements per element of x. */
export const describeGradLevel = (span: Span, y: Level, variable: Expr, x: Level, hint: string): Diagnostic =>
  diagnose(gradLevel, {
    primary: { span, text: `one value per ${y}` },
    secondary: [{ span: variable.span, text: `one value per ${x}` }],
    hint,
  });
