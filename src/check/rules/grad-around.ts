/** W0501: weight is not the whole gradient. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const gradAround: DiagnosticKind = {
  code: 'W0501',
  severity: 'note',
  title: 'weight is not the whole gradient',
  explanation:
    'The model reaches the differentiated value also by a path that does not pass through the variable. `grad` holds everything else fixed, so its value is one part of the gradient.',
  bad: `objective example {
  model logp : token
  data old_logp : token
  let log_ratio = logp - old_logp
  let cost = exp(log_ratio) - logp
  minimize mean[token in batch](cost)
  let w = grad(cost, log_ratio)
}
`,
  good: `objective example {
  model logp : token
  data old_logp : token
  let log_ratio = logp - old_logp
  let cost = exp(log_ratio) - log_ratio
  minimize mean[token in batch](cost)
  let w = grad(cost, log_ratio)
}
`,
};

/** A path around the variable. */
export const describeGradAround = (x: string, model: string, span: Span, y: Span): Diagnostic =>
  diagnose(gradAround, {
    title: `weight of \`${x}\` is not the whole gradient`,
    primary: { span, text: `holds all but \`${x}\` fixed` },
    secondary: [{ span: y, text: `\`${model}\` also gets here around \`${x}\`` }],
  });
