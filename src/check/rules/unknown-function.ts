/** E0203: unknown function. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';
import { standardNames } from '../../link/link.js';

export const unknownFunction: DiagnosticKind = {
  code: 'E0203',
  severity: 'error',
  title: 'unknown function',
  explanation:
    'The functions are `exp log expm1 log1p sqrt abs sign square sigmoid logsigmoid softplus tanh relu min max clip stop`, and `grad`. The aggregates, which need a level in `[…]`, are `sum mean count any all max min logsumexp std var pstd pvar quantile`; along a rollout go `cumsum`, `discounted` and `shift`. A file adds its own with `def`, and `import { k3 } from "std"` those of the standard library.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](clamp(-logp, 0, 1))
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](clip(-logp, 0, 1))
}
`,
};

/** A function or an aggregate that the language lacks. */
export const describeUnknownFunction = (name: string, span: Span, near: string | undefined): Diagnostic => {
  if (standardNames.includes(name))
    return diagnose(unknownFunction, {
      title: `\`${name}\` is not imported`,
      primary: { span, text: 'a function of the standard library' },
      hint: `begin the file with \`import { ${name} } from "std"\``,
    });
  const meant = FOREIGN.get(name) ?? near;
  return diagnose(unknownFunction, {
    title: `unknown function \`${name}\``,
    primary: { span, text: 'not a function of the language' },
    hint: meant === undefined ? undefined : `did you mean \`${meant}\`?`,
  });
};

/** What other languages call them. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ['clamp', 'clip'],
  ['ln', 'log'],
  ['detach', 'stop'],
  ['stop_gradient', 'stop'],
  ['sg', 'stop'],
  ['average', 'mean'],
  ['cumulative_sum', 'cumsum'],
  ['discount', 'discounted'],
  ['percentile', 'quantile'],
  ['roll', 'shift'],
  ['lag', 'shift'],
  ['total', 'sum'],
  ['lse', 'logsumexp'],
  ['maximum', 'max'],
  ['minimum', 'min'],
]);
