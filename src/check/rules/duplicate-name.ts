/** E0202: name is defined twice. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import type { Name } from '../../syntax/ast.js';

export const duplicateName: DiagnosticKind = {
  code: 'E0202',
  severity: 'error',
  title: 'name is defined twice',
  explanation:
    'Within an objective, every param, input, let and metric has its own name, and so has every optimizer; within a file, every objective has. A second definition would leave open which one is meant.',
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

/** Two optimised values for one optimizer. */
export const describeDuplicateLoss = (name: Name, first: Name): Diagnostic =>
  diagnose(duplicateName, {
    title: `\`${name.text}\` names two optimised values`,
    primary: { span: name.span, text: 'the same name' },
    secondary: [{ span: first.span, text: 'the first' }],
    hint: 'add the two up in one value, or give one another name',
  });

/** A name that is taken. */
export const describeDuplicateName = (name: Name, first: Name): Diagnostic =>
  diagnose(duplicateName, {
    title: `\`${name.text}\` is defined twice`,
    primary: { span: name.span, text: 'defined again' },
    secondary: [{ span: first.span, text: 'first defined here' }],
    hint: 'give one of them another name',
  });
