/** W0204: value has the name of a function. */
import { diagnose, type DiagnosticKind } from '../../base/diagnostic.js';
import { aggregateNamed, atomNamed } from '../../atoms/index.js';
import type { Lint } from '../lint.js';

export const shadowedFunction: DiagnosticKind = {
  code: 'W0204',
  severity: 'warning',
  title: 'value has the name of a function',
  explanation:
    'Values and functions have separate namespaces, so `let max = …` hides nothing from the compiler. It does from a reader: `max` and `max(x, y)` then mean two things in one formula.',
  bad: `objective example {
  model logp : token
  data reward : rollout in {0, 1}
  let max = max[rollout](reward)
  minimize mean[token in batch](-logp * max)
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout in {0, 1}
  let best = max[rollout](reward)
  minimize mean[token in batch](-logp * best)
}
`,
};

export const valueNamedLikeFunction: Lint = {
  kind: shadowedFunction,
  find: ({ model: { params, inputs, lets, metrics } }) =>
    [...params, ...inputs, ...lets, ...metrics]
      .filter(({ name: { text } }) => atomNamed(text) !== undefined || aggregateNamed(text) !== undefined)
      .map(({ name }) =>
        diagnose(shadowedFunction, {
          title: `\`${name.text}\` is a function, too`,
          primary: { span: name.span, text: 'a value with the name of a function' },
          hint: 'give the value another name',
        }),
      ),
};
