/** W0405: cap on the ratio is below 1. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import { intervalText } from '../../base/interval.js';
import { isRatio } from '../ratio.js';
import type { Lint } from '../lint.js';

export const capBelowOne: DiagnosticKind = {
  code: 'W0405',
  severity: 'warning',
  title: 'cap on the ratio is below 1',
  explanation:
    'On-policy every importance ratio is 1, so a cap below 1 binds everywhere and only scales the loss. Frameworks use one name for two things: a radius, as in 1 + 0.28, and a bound, as in 5. With a radius in the place of a bound, every token weighs 0.28.',
  bad: `objective example {
  param ratio_max in (0, inf) = 0.28
  model logp : token
  data old_logp : token
  data advantage : token
  let ratio = exp(logp - old_logp)
  minimize mean[token in batch](-stop(min(ratio, ratio_max)) * advantage * logp)
}
`,
  good: `objective example {
  param ratio_max in [1, inf) = 5
  model logp : token
  data old_logp : token
  data advantage : token
  let ratio = exp(logp - old_logp)
  minimize mean[token in batch](-stop(min(ratio, ratio_max)) * advantage * logp)
}
`,
};

export const radiusAsCap: Lint = {
  kind: capBelowOne,
  find: ({ exprs, meaningOf, rangeAtDefaults }) =>
    exprs.flatMap((expr): readonly Diagnostic[] => {
      if (expr.kind !== 'call' || (expr.callee.text !== 'min' && expr.callee.text !== 'clip')) return [];
      const values = expr.args.map(({ value }) => value);
      const caps = expr.callee.text === 'min' ? values : values.slice(2);
      if (!values.some((value) => isRatio(meaningOf(value)))) return [];
      const cap = caps.find((value) => {
        const { low, high } = rangeAtDefaults(value);
        return !isRatio(meaningOf(value)) && low > 0 && high < 1;
      });
      if (cap === undefined) return [];
      const range = rangeAtDefaults(cap);
      return [
        diagnose(capBelowOne, {
          primary: {
            span: cap.span,
            text:
              range.low === range.high
                ? `is ${range.low}, and on-policy the ratio is 1`
                : `ranges over ${intervalText(range)}`,
          },
          hint: 'if a radius is meant, write `1 + eps`',
        }),
      ];
    }),
};
