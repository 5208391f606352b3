/** E0207: elementwise function with a level. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const functionWithLevel: DiagnosticKind = {
  code: 'E0207',
  severity: 'error',
  title: 'elementwise function with a level',
  explanation:
    'An elementwise function is applied at each element, whatever its level; only aggregates take a level in `[…]`.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](exp[token](logp))
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](exp(logp))
}
`,
};

/** A function that is used like an aggregate. */
export const describeFunctionWithLevel = (name: string, argument: string, span: Span): Diagnostic =>
  diagnose(functionWithLevel, {
    title: `\`${name}\` is elementwise and takes no level`,
    primary: { span, text: 'not an aggregate' },
    hint: `write \`${name}(${argument})\``,
  });
