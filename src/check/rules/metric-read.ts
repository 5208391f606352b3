/** E0211: metric is used as a value. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name } from '../../syntax/ast.js';

export const metricRead: DiagnosticKind = {
  code: 'E0211',
  severity: 'error',
  title: 'metric is used as a value',
  explanation:
    'A metric is reported and never read: nothing that is optimised or claimed can depend on it. A value that is both read and reported is a `let` and a metric of it.',
  bad: `objective example {
  model logp : token
  metric mean_logp = mean[token in batch](logp)
  minimize -mean_logp
}
`,
  good: `objective example {
  model logp : token
  let mean_logp = mean[token in batch](logp)
  metric likelihood = mean_logp
  minimize -mean_logp
}
`,
};

/** A metric that is read. */
export const describeMetricRead = (name: Name, metric: Name): Diagnostic =>
  diagnose(metricRead, {
    title: `\`${name.text}\` is a metric, not a value`,
    primary: { span: name.span, text: 'metrics are reported, never read' },
    secondary: [{ span: metric.span, text: 'the metric' }],
    hint: `define it with \`let\` as well, under another name`,
  });
