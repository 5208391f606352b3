/** E0303: argument varies more finely than the reduced level. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Level } from '../../base/level.js';
import type { Span } from '../../base/span.js';
import type { Reduction } from '../../syntax/ast.js';

export const finerArgument: DiagnosticKind = {
  code: 'E0303',
  severity: 'error',
  title: 'argument varies more finely than the reduced level',
  explanation:
    '`mean[rollout](x)` reads one x per rollout. When x still has one value per token, the reduction over tokens is missing, and only the author knows which one is meant.',
  bad: `objective example {
  model logp : token
  minimize mean[rollout in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  minimize mean[rollout in batch](mean[token](-logp))
}
`,
};

/** The argument or the condition of a reduction at a level that is not reduced. */
export const describeFinerArgument = (
  role: 'argument' | 'condition',
  span: Span,
  found: Level,
  { aggregate, index, indexSpan }: Reduction,
  level: Level,
  hint: string,
): Diagnostic =>
  diagnose(finerArgument, {
    title: `${role} of \`${aggregate.text}[${index.kind === 'others' ? 'others' : level}]\` varies by ${found}`,
    primary: { span, text: `expected one value per ${level}, found one per ${found}` },
    secondary: [
      { span: indexSpan, text: index.kind === 'others' ? 'runs over rollouts' : `reduces ${level}s` },
    ],
    hint,
  });
