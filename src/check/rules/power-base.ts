/** E0407: power of a base that is not positive. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const powerBase: DiagnosticKind = {
  code: 'E0407',
  severity: 'error',
  title: 'power of a base that is not positive',
  explanation:
    '`x ^ n` with an integer literal n, of up to 4096, is a product and takes any x. Any other power is e^(n·log x), and needs a positive base.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-logp) * (-2) ^ 0.5
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp) * 2 ^ 0.5
}
`,
};

/** A base that is never positive. */
export const describePowerBase = (base: Span, exponent: Span): Diagnostic =>
  diagnose(powerBase, {
    primary: { span: base, text: 'never positive' },
    secondary: [{ span: exponent, text: 'not an integer literal' }],
    hint: 'use a positive base, or an integer literal as the exponent',
  });

/** A whole exponent too large to write out. */
export const describeLargePower = (exponent: Span, largest: number): Diagnostic =>
  diagnose(powerBase, {
    title: 'exponent is out of range',
    primary: { span: exponent, text: `expected a size of at most ${largest}` },
    hint: 'use `exp` and `log`',
  });
