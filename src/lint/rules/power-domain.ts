/** E0411: power of a base that can be 0 or less. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import { intervalText, type Interval } from '../../base/interval.js';
import { integerLiteral } from '../../check/literals.js';
import type { Lint } from '../lint.js';

export const powerDomain: DiagnosticKind = {
  code: 'E0411',
  severity: 'error',
  title: 'power of a base that can be 0 or less',
  explanation:
    'A power whose exponent is no integer literal is exp(exponent · log(base)), which needs a positive base. With an integer literal, `x ^ 2`, it is a product and takes any base.',
  bad: `objective example {
  model logp : token
  param k in (0, inf) = 2
  data weight : rollout in [0, 1]
  minimize mean[token in batch](-logp * weight ^ k)
}
`,
  good: `objective example {
  model logp : token
  param k in (0, inf) = 2
  data weight : rollout in (0, 1]
  minimize mean[token in batch](-logp * weight ^ k)
}
`,
};

export const powerOfZero: Lint = {
  kind: powerDomain,
  find: ({ exprs, rangeOf, rangeWhereRead, quote }) =>
    exprs.flatMap((expr): readonly Diagnostic[] => {
      if (expr.kind !== 'binary' || expr.operator !== '^') return [];
      const { left, right } = expr;
      if (integerLiteral(right) !== undefined || isPositive(rangeOf(left))) return [];
      const range = rangeWhereRead(left);
      if (isPositive(range)) return [];
      return [
        diagnose(powerDomain, {
          primary: { span: left.span, text: `ranges over ${intervalText(range)}` },
          secondary: [{ span: right.span, text: 'no integer literal' }],
          hint: `declare a domain, or add \`assume ${quote(left)} > 0\``,
        }),
      ];
    }),
};

const isPositive = ({ low, lowOpen }: Interval): boolean => low > 0 || (low === 0 && lowOpen);
