/** E0501: objective does not depend on the policy. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';
import type { Name } from '../../syntax/ast.js';

export const noGradient: DiagnosticKind = {
  code: 'E0501',
  severity: 'error',
  title: 'objective does not depend on the policy',
  explanation:
    'The objective is differentiated with respect to every `model` input that it reaches. Where it reaches none, or only through `stop` and conditions, there is nothing to learn. Of several optimised values, each has to reach one.',
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
  name: Name | undefined,
): Diagnostic {
  const model = models[0];
  const listed = models.map((one) => `\`${one}\``).join(' or ');
  const path = ends.length === 1 ? 'the only path' : 'a path';
  return diagnose(noGradient, {
    ...(name === undefined ? {} : { title: `\`${name.text}\` does not depend on the model` }),
    primary: { span, text: 'gradient weight is 0 everywhere' },
    secondary: ends
      .slice(0, 3)
      .map((end) => ({ span: end.span, text: `${path} to \`${end.model}\` ends here` })),
    hint:
      model === undefined
        ? 'declare what is trained, e.g. `model logp : token`'
        : name !== undefined && models.length > 1
          ? `let it read ${listed} outside of \`stop\` and conditions`
          : `multiply by \`${model}\`, as in REINFORCE`,
  });
}
