/** E0206: reduction without a level. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Level } from '../../base/level.js';
import type { Span } from '../../base/span.js';

export const aggregateWithoutLevel: DiagnosticKind = {
  code: 'E0206',
  severity: 'error',
  title: 'reduction without a level',
  explanation:
    'A reduction says which level it reduces: `mean[token](x)` is one number per rollout, `mean[token in batch](x)` one for the batch. They differ, and the difference has to be visible.',
  bad: `objective example {
  model logp : token
  minimize mean(-logp)
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
}
`,
};

/** An aggregate or a scan that is called like a function. */
export const describeAggregateWithoutLevel = (
  name: string,
  argument: string,
  level: Level,
  span: Span,
  isScan: boolean,
): Diagnostic =>
  diagnose(aggregateWithoutLevel, {
    title: `\`${name}\` ${isScan ? 'goes along' : 'reduces'} a level, and none is given`,
    primary: { span, text: 'expected a level in `[…]`' },
    hint: `say over what, e.g. \`${name}[${level}]${name === 'count' ? '' : `(${argument})`}\``,
  });
