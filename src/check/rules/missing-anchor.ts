/** E0306: reduction over nothing has no value. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Index, Reduction } from '../../syntax/ast.js';

export const missingAnchor: DiagnosticKind = {
  code: 'E0306',
  severity: 'error',
  title: 'reduction over nothing has no value',
  explanation:
    'The largest element, the smallest and the log-sum-exp of an empty set are not numbers. A rollout may hold no token, a group of one has no others and a `where` may leave nothing, so such a reduction takes an `anchor:`, which is added to the set.',
  bad: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[group in batch](logsumexp[rollout where reward > 0](mean[token](-logp)))
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[group in batch](logsumexp[rollout where reward > 0](mean[token](-logp), anchor: 0))
}
`,
};

/** Only token sets are empty by themselves among those of a level. */
const EMPTY: Readonly<Record<Index['kind'], string>> = {
  level: 'a rollout may hold no token',
  others: 'a group may hold one rollout',
};

/** An aggregate without a value over nothing, on a set that may be empty. */
export const describeMissingAnchor = ({ aggregate, index, indexSpan, where }: Reduction): Diagnostic =>
  diagnose(missingAnchor, {
    title: `\`${aggregate.text}\` can be over nothing, where it has no value`,
    primary: { span: aggregate.span, text: 'expected an `anchor:`' },
    secondary: [
      { span: indexSpan, text: where !== undefined ? 'the condition may hold nowhere' : EMPTY[index.kind] },
    ],
    hint: `add an anchor, e.g. \`anchor: ${aggregate.text === 'logsumexp' ? '0' : aggregate.text === 'max' ? '-inf' : 'inf'}\``,
  });
