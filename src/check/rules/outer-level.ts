/** E0304: outer level is not coarser. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Level } from '../../base/level.js';
import type { Span } from '../../base/span.js';

export const outerLevel: DiagnosticKind = {
  code: 'E0304',
  severity: 'error',
  title: 'outer level is not coarser',
  explanation:
    '`agg[level in outer]` reduces a level into a coarser one that holds it: `batch` holds groups, a group rollouts, a rollout tokens.',
  bad: `objective example {
  model logp : token
  minimize mean[token in token](-logp)
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
}
`,
};

/** A reduction into its own level or a finer one. */
export const describeOuterLevel = (level: Level, outer: Level, span: Span, example: string): Diagnostic =>
  diagnose(outerLevel, {
    title: `\`${outer}\` does not hold ${level}s`,
    primary: { span, text: `expected a level coarser than \`${level}\`` },
    hint: `write e.g. \`${example}\``,
  });
