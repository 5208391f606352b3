/** E0315: `sup` or `inf` outside its place. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const extremePlace: DiagnosticKind = {
  code: 'E0315',
  severity: 'error',
  title: '`sup` or `inf` outside its place',
  explanation:
    '`sup(e, x)` and `inf(e, x)` are the exact extremes of e as the name x varies. They occur only in claims, alone on the left of `==`.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  let w = 2 * logp
  verify "bound" : sup(w, logp) <= 0
}
`,
  good: `objective example {
  model logp : token
  data logit : token in (-inf, 0]
  minimize mean[token in batch](-logp)
  let w = 2 * logit
  verify "bound" : sup(w, logit) == 0
}
`,
};

/** An extreme where none can stand, or of the wrong form. */
export const describeExtremePlace = (extreme: 'sup' | 'inf', span: Span): Diagnostic =>
  diagnose(extremePlace, {
    title: `\`${extreme}\` outside its place`,
    primary: { span, text: 'legal only on the left of `==` in a claim, as an expression and a name' },
    hint: `write \`verify : ${extreme}(e, x) == f\``,
  });
