/** E0310: metric is not a single number. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Level } from '../../base/level.js';
import type { Span } from '../../base/span.js';
import { aggregated } from './objective-level.js';

export const metricLevel: DiagnosticKind = {
  code: 'E0310',
  severity: 'error',
  title: 'metric is not a single number',
  explanation:
    'A metric is reported as one number for the batch. A value with one entry per token, rollout or group has to be aggregated first.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  metric likelihood = logp
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  metric likelihood = mean[token in batch](logp)
}
`,
};

/** A metric at a level below the batch. */
export const describeMetricLevel = (
  span: Span,
  level: Level,
  text: string,
  cause: Span | undefined,
): Diagnostic =>
  diagnose(metricLevel, {
    title: `metric still varies by ${level}`,
    primary: { span, text: `expected a single number, found one per ${level}` },
    secondary: cause === undefined ? [] : [{ span: cause, text: `one value per ${level}` }],
    hint: `state the aggregation, e.g. \`${aggregated(level, text)}\``,
  });
