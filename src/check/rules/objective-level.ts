/** E0301: objective is not a single number. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Level } from '../../base/level.js';
import type { Span } from '../../base/span.js';

export const objectiveLevel: DiagnosticKind = {
  code: 'E0301',
  severity: 'error',
  title: 'objective is not a single number',
  explanation:
    'What is minimised is one number for the batch. A value with one entry per token, rollout or group has to be aggregated first, and how is part of the objective: the mean over all tokens and the mean over rollouts of their token means differ.',
  bad: `objective example {
  model logp : token
  minimize -logp
}
`,
  good: `objective example {
  model logp : token
  minimize mean[rollout in batch](mean[token](-logp))
}
`,
};

/** An optimised value at a level below the batch. */
export const describeObjectiveLevel = (
  span: Span,
  level: Level,
  text: string,
  cause: Span | undefined,
): Diagnostic =>
  diagnose(objectiveLevel, {
    title: `objective still varies by ${level}`,
    primary: { span, text: `expected a single number, found one per ${level}` },
    secondary: cause === undefined ? [] : [{ span: cause, text: `one value per ${level}` }],
    hint: `state the aggregation, e.g. \`${aggregated(level, text)}\``,
  });

/** The mean of a value over the batch, every rollout counting the same. */
export const aggregated = (level: Level, text: string): string =>
  level === 'token' ? `mean[rollout in batch](mean[token](${text}))` : `mean[${level} in batch](${text})`;
