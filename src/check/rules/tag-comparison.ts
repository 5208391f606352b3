/** E0317: tag compared with what is no id. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Expr } from '../../syntax/ast.js';

export const tagComparison: DiagnosticKind = {
  code: 'E0317',
  severity: 'error',
  title: 'tag compared with what is no id',
  explanation:
    'A tag is compared with another tag, of any level, or with an integer literal, which may have a minus sign. A number that is computed, or given as data, is no id, and no id is larger than 2^53 - 1, beyond which JSON cannot tell integers apart.',
  bad: `objective example {
  model logp : token
  tag task : rollout
  data kind : rollout
  minimize mean[token in batch](if task == kind then -logp else 0)
}
`,
  good: `objective example {
  model logp : token
  tag task : rollout
  tag kind : rollout
  minimize mean[token in batch](if task == kind then -logp else 0)
}
`,
};

/** A tag beside something that is neither a tag nor an integer literal. */
export const describeTagComparison = (
  tag: Expr,
  other: Expr,
  found: 'a condition' | 'a number' | 'a literal',
  hint: string | undefined,
): Diagnostic =>
  diagnose(tagComparison, {
    title: found === 'a literal' ? 'literal is no id' : `tag compared with ${found}`,
    primary: {
      span: other.span,
      text:
        found === 'a literal' ? 'beyond 2^53 - 1' : `expected a tag or an integer literal, found ${found}`,
    },
    secondary: [{ span: tag.span, text: 'a tag' }],
    hint,
  });
