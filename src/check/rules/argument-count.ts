/** E0208: wrong number of arguments. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const argumentCount: DiagnosticKind = {
  code: 'E0208',
  severity: 'error',
  title: 'wrong number of arguments',
  explanation:
    'Every function takes a fixed number of arguments, but `min` and `max`, which take two or more. An aggregate takes one, `quantile` two, and `count` none: it counts the elements themselves. Along a rollout, `cumsum` takes one and `discounted` two.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](clip(-logp, 0))
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](clip(-logp, 0, 1))
}
`,
};

/** Too many or too few arguments. */
export const describeArgumentCount = (
  name: string,
  expected: string,
  found: number,
  span: Span,
  hint?: string,
): Diagnostic =>
  diagnose(argumentCount, {
    title: `\`${name}\` takes ${expected === '0' ? 'no' : expected} ${expected === '1' ? 'argument' : 'arguments'}`,
    primary: { span, text: `expected ${expected}, found ${found}` },
    hint,
  });
