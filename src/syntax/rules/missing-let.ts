/** E0107: value without `let`. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const missingLet: DiagnosticKind = {
  code: 'E0107',
  severity: 'error',
  title: 'value without `let`',
  explanation:
    'Every item of an objective begins with a keyword; a named intermediate value begins with `let`.',
  bad: `objective example {
  model logp : token
  cost = -logp
  minimize mean[token in batch](cost)
}
`,
  good: `objective example {
  model logp : token
  let cost = -logp
  minimize mean[token in batch](cost)
}
`,
};

/** A name and `=` at the place of an item. */
export const describeMissingLet = (name: string, span: Span): Diagnostic =>
  diagnose(missingLet, {
    title: `\`${name}\` is given a value without \`let\``,
    primary: { span, text: 'expected the keyword of an item' },
    hint: `write \`let ${name} = …\``,
  });
