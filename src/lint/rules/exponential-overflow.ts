/** W0402: `exp` of a value without an upper bound. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import { intervalText } from '../../base/interval.js';
import type { Lint } from '../lint.js';

export const exponentialOverflow: DiagnosticKind = {
  code: 'W0402',
  severity: 'note',
  title: '`exp` of a value without an upper bound',
  pedantic: true,
  explanation:
    'In float32, `exp` is infinite from 88.73 on, and an infinite ratio makes NaN of the loss. That is no mistake of an objective: the language bounds nothing that the source does not bound. It is worth knowing where it can happen. A bound belongs inside: `exp(min(x, c))` is finite but has no gradient above c, while `min(exp(x), c)` selects and is finite only as long as the ratio itself is not read.',
  bad: `objective example {
  model logp : token
  data old_logp : token
  minimize mean[token in batch](-exp(logp - old_logp))
}
`,
  good: `objective example {
  model logp : token
  data old_logp : token
  minimize mean[token in batch](-exp(min(logp - old_logp, 5)))
}
`,
};

/** The largest argument whose exponential float32 can hold: log(3.4028235e38). */
const FLOAT32_LIMIT = 88.72283;

export const unboundedExponential: Lint = {
  kind: exponentialOverflow,
  find: ({ exprs, rangeOf, rangeWhereRead }) =>
    exprs.flatMap((expr): readonly Diagnostic[] => {
      if (expr.kind !== 'call' || !['exp', 'expm1'].includes(expr.callee.text)) return [];
      const [argument] = expr.args;
      if (argument === undefined || rangeOf(argument.value).high <= FLOAT32_LIMIT) return [];
      const range = rangeWhereRead(argument.value);
      if (range.high <= FLOAT32_LIMIT) return [];
      return [
        diagnose(exponentialOverflow, {
          title: `\`${expr.callee.text}\` can overflow in float32`,
          primary: {
            span: argument.value.span,
            text: `ranges over ${intervalText(range)}, and 88.73 is too much`,
          },
        }),
      ];
    }),
};
