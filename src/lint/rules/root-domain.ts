/** E0410: square root of a value that can be below 0. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import { intervalText } from '../../base/interval.js';
import type { Lint } from '../lint.js';

export const rootDomain: DiagnosticKind = {
  code: 'E0410',
  severity: 'error',
  title: 'square root of a value that can be below 0',
  explanation:
    'Below 0 there is no real square root: one such element makes the loss NaN. Declare a domain, assume what holds, or bound the value in the source: `sqrt(max(x, 0))`.',
  bad: `objective example {
  model logp : token
  data weight : rollout
  minimize mean[token in batch](-logp * sqrt(weight))
}
`,
  good: `objective example {
  model logp : token
  data weight : rollout in [0, inf)
  minimize mean[token in batch](-logp * sqrt(weight))
}
`,
};

export const rootOfNegative: Lint = {
  kind: rootDomain,
  find: ({ exprs, rangeOf, rangeWhereRead }) =>
    exprs.flatMap((expr): readonly Diagnostic[] => {
      if (expr.kind !== 'call' || expr.callee.text !== 'sqrt') return [];
      const [argument] = expr.args;
      if (argument === undefined || rangeOf(argument.value).low >= 0) return [];
      const range = rangeWhereRead(argument.value);
      if (range.low >= 0) return [];
      return [
        diagnose(rootDomain, {
          title: '`sqrt` of a value that can be below 0',
          primary: { span: argument.value.span, text: `ranges over ${intervalText(range)}` },
          hint: 'declare a domain, or bound it: `max(…, 0)`',
        }),
      ];
    }),
};
