/** E0501: objective does not depend on the policy. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';

export const noGradient: DiagnosticKind = {
  code: 'E0501',
  severity: 'error',
  title: 'objective does not depend on the policy',
  explanation:
    'The objective is differentiated with respect to every `model` input that it reaches. Where it reaches none, or only through `stop` and conditions, there is nothing to learn.',
  bad: `objective example {
  model logp : token
  data reward : rollout
  let frozen = stop(logp)
  minimize mean[token in batch](-frozen * reward)
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout
  minimize mean[token in batch](-logp * reward)
}
`,
};

/** An optimised value without a derivative. */
export function describeNoGradient(
  span: Span,
  ends: readonly { readonly span: Span; readonly model: string }[],
  models: readonly string[],
): Diagnostic {
  const model = models[0];
  const path = ends.length === 1 ? 'the only path' : 'a path';
  return diagnose(noGradient, {
    primary: { span, text: 'gradient weight is 0 everywhere' },
    secondary: ends
      .slice(0, 3)
      .map((end) => ({ span: end.span, text: `${path} to \`${end.model}\` ends here` })),
    hint:
      model === undefined
        ? 'declare what is trained, e.g. `model logp : token`'
        : `multiply by \`${model}\`, as in REINFORCE`,
  });
}
