/** E0202: name is defined twice. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name } from '../../syntax/ast.js';

export const duplicateName: DiagnosticKind = {
  code: 'E0202',
  severity: 'error',
  title: 'name is defined twice',
  explanation:
    'Within an objective, every param, input, let and metric has its own name, and within a file every objective. A second definition would leave open which one is meant.',
  bad: `objective example {
  model logp : token
  data reward : rollout
  let value = reward
  let value = reward - 1
  minimize mean[token in batch](-logp * value)
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout
  let value = reward
  let shifted = value - 1
  minimize mean[token in batch](-logp * shifted)
}
`,
};

/** A name that is taken. */
export const describeDuplicateName = (name: Name, first: Name): Diagnostic =>
  diagnose(duplicateName, {
    title: `\`${name.text}\` is defined twice`,
    primary: { span: name.span, text: 'defined again' },
    secondary: [{ span: first.span, text: 'first defined here' }],
    hint: 'give one of them another name',
  });
