/** E0105: spelling of another language. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose, type Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const foreignSpelling: DiagnosticKind = {
  code: 'E0105',
  severity: 'error',
  title: 'spelling of another language',
  explanation:
    'The operators are `+ - * / ^`, the comparisons `< <= > >= == !=`, the connectives `and`, `or` and `not`; truth values are `true` and `false`; strings are in double quotes; comments begin with `#`. Everything has one spelling, in ASCII.',
  bad: `objective example {
  model logp : token
  metric long = mean[rollout in batch](if count[token] > 2 && count[token] < 9 then 1 else 0)
  minimize mean[token in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  metric long = mean[rollout in batch](if count[token] > 2 and count[token] < 9 then 1 else 0)
  minimize mean[token in batch](-logp)
}
`,
};

/** A sign or word that says here something else, or nothing. */
export const describeSpelling = (image: string, span: Span, write: string): Diagnostic =>
  diagnose(foreignSpelling, {
    title: `\`${image}\` is not part of the language`,
    primary: { span, text: write === '' ? 'no such operator' : `expected \`${write}\`` },
  });

/** A comment that another language begins. */
export const describeComment = (span: Span): Diagnostic =>
  diagnose(foreignSpelling, {
    title: 'comment of another language',
    primary: { span, text: 'expected `#`' },
    hint: 'a comment begins with `#` and ends with the line',
  });

/** A string in quotes that are not double quotes. */
export const describeQuotes = (span: Span): Diagnostic =>
  diagnose(foreignSpelling, {
    title: 'string in other quotes',
    primary: { span, text: 'expected double quotes' },
    hint: 'write `"` at both ends',
  });
