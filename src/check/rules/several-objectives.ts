/** E0313: several values are minimised, and not each by name. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const severalObjectives: DiagnosticKind = {
  code: 'E0313',
  severity: 'error',
  title: 'several values are minimised, not all by name',
  explanation:
    'An objective has one `minimize` or `maximize`, or several for several optimizers, each with its name: `minimize policy_loss as actor`. Several terms for one optimizer are added up, with their weights, in one value.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  minimize mean[token in batch](logp ^ 2)
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp) + mean[token in batch](logp ^ 2)
}
`,
};

/** An optimised value without a name beside another; whether that has one tells what was probably meant. */
export const describeSeveralObjectives = (span: Span, other: Span, isNamed: boolean): Diagnostic =>
  diagnose(severalObjectives, {
    title: isNamed ? 'optimised value beside a named one has no name' : 'several values are minimised',
    primary: { span, text: isNamed ? 'no name' : 'a second one' },
    secondary: [{ span: other, text: isNamed ? 'one with a name' : 'the first' }],
    hint: isNamed
      ? 'name its optimizer, e.g. `as critic`'
      : 'add the terms up in one value, or name each with `as`',
  });
