/** E0504: derivative by something that is no variable. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name } from '../../syntax/ast.js';
import type { Span } from '../../base/span.js';

export const gradVariable: DiagnosticKind = {
  code: 'E0504',
  severity: 'error',
  title: 'derivative by something that is no variable',
  explanation:
    '`grad(y, x)` differentiates with respect to a name: a `let` or a `model` input. Data and parameters are constants, and an expression has no identity of its own.',
  bad: `objective example {
  model logp : token
  data reward : rollout
  let cost = -logp * reward
  minimize mean[token in batch](cost)
  let w = grad(cost, reward)
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout
  let cost = -logp * reward
  minimize mean[token in batch](cost)
  let w = grad(cost, logp)
}
`,
};

/** A derivative with respect to what is neither a let nor a model input. */
export const describeGradVariable = (what: string, span: Span, declared?: Name): Diagnostic =>
  diagnose(gradVariable, {
    title: `derivative by ${what}`,
    primary: { span, text: 'expected the name of a `let` or a `model` input' },
    secondary: declared === undefined ? [] : [{ span: declared.span, text: 'declared here' }],
    hint: 'name the value with `let` and build the cost from that name',
  });
