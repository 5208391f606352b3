/** E0506: no path to the variable. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const gradPath: DiagnosticKind = {
  code: 'E0506',
  severity: 'error',
  title: 'no path to the variable',
  explanation:
    '`grad(y, x)` follows every path from the name x to y. Where y does not read x, or reads it only through `stop` or in conditions, the derivative would be 0 everywhere. An expression that merely equals x is not x.',
  bad: `objective example {
  model logp : token
  data old_logp : token
  let log_ratio = logp - old_logp
  let cost = exp(logp - old_logp)
  minimize mean[token in batch](cost + log_ratio)
  let w = grad(cost, log_ratio)
}
`,
  good: `objective example {
  model logp : token
  data old_logp : token
  let log_ratio = logp - old_logp
  let cost = exp(log_ratio)
  minimize mean[token in batch](cost + log_ratio)
  let w = grad(cost, log_ratio)
}
`,
};

/** A y that no derivative by x reaches. */
export const describeGradPath = (x: string, variable: Span, y: Span, isRead: boolean): Diagnostic =>
  diagnose(gradPath, {
    title: `no path from \`${x}\` to the value`,
    primary: {
      span: y,
      text: isRead ? `reads \`${x}\` only where no derivative passes` : `does not read \`${x}\``,
    },
    secondary: [{ span: variable, text: 'the derivative by this name would be 0' }],
    hint: isRead ? undefined : `build the value from the name \`${x}\``,
  });
