/** E0401: logarithm of a value that can be 0. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import { intervalText, type Interval } from '../../base/interval.js';
import type { Lint } from '../lint.js';

export const logarithmDomain: DiagnosticKind = {
  code: 'E0401',
  severity: 'error',
  title: 'logarithm of a value that can be 0',
  explanation:
    'The logarithm of 0 is −∞ and that of a negative number is none: one such element makes the loss and every gradient NaN. What a value can be follows from the declared domains, from `assume`, and from the conditions under which it is read. Declare a domain, assume what holds, take `log1p`, or read it under an `if` or a `where`.',
  bad: `objective example {
  model logp : token
  data reward : rollout in {0, 1}
  minimize mean[token in batch](-logp * log(mean[rollout](reward)))
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout in {0, 1}
  minimize mean[token in batch](-logp * log1p(mean[rollout](reward)))
}
`,
};

/** The argument has to lie above this. */
const ABOVE: Readonly<Record<string, number>> = { log: 0, log1p: -1 };

export const logarithmOfZero: Lint = {
  kind: logarithmDomain,
  find: ({ exprs, rangeOf, rangeWhereRead, quote }) =>
    exprs.flatMap((expr): readonly Diagnostic[] => {
      if (expr.kind !== 'call') return [];
      const { text: name } = expr.callee;
      const bound = ABOVE[name];
      const [argument] = expr.args;
      if (bound === undefined || argument === undefined || liesAbove(rangeOf(argument.value), bound))
        return [];
      const range = rangeWhereRead(argument.value);
      if (liesAbove(range, bound)) return [];
      return [
        diagnose(logarithmDomain, {
          title: `\`${name}\` of a value that can be ${bound}${range.low < bound ? ' or less' : ''}`,
          primary: { span: argument.value.span, text: `ranges over ${intervalText(range)}` },
          hint:
            name === 'log' && range.low === 0
              ? `add \`assume ${quote(argument.value)} > 0\`, or use \`log1p\``
              : `declare a domain, or add \`assume ${quote(argument.value)} > ${bound}\``,
        }),
      ];
    }),
};

const liesAbove = ({ low, lowOpen }: Interval, bound: number): boolean =>
  low > bound || (low === bound && lowOpen);
