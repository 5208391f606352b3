/** E0322: scan with a condition. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const scanCondition: DiagnosticKind = {
  code: 'E0322',
  severity: 'error',
  title: 'scan with a condition',
  explanation:
    'A scan has a value at every token, so `where` could not leave tokens out without saying what happens there. Which tokens count is said in the argument: `if c then x else 0`.',
  bad: `objective example {
  model logp : token
  minimize sum[token in batch](cumsum[token where logp < 0](-logp))
}
`,
  good: `objective example {
  model logp : token
  minimize sum[token in batch](cumsum[token](if logp < 0 then -logp else 0))
}
`,
};

/** A scan that is to leave tokens out. */
export const describeScanCondition = (name: string, condition: Span, instead: string): Diagnostic =>
  diagnose(scanCondition, {
    title: `\`${name}\` takes no \`where\``,
    primary: { span: condition, text: 'a scan leaves no token out' },
    hint: `choose in the argument: \`${instead}\``,
  });
