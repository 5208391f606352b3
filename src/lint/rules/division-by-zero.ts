/** W0401: division by a value that can be 0. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import { contains, intervalText } from '../../base/interval.js';
import { integerLiteral } from '../../check/literals.js';
import { expanded } from '../../check/walk.js';
import type { Expr } from '../../syntax/ast.js';
import type { Lint } from '../lint.js';

export const divisionByZero: DiagnosticKind = {
  code: 'W0401',
  severity: 'warning',
  title: 'division by a value that can be 0',
  explanation:
    'One zero divisor makes ∞ or NaN of a whole batch. The usual one is the standard deviation of a group in which all rewards are equal: it is exactly 0. Others are counts of what a condition selects and sums of masks. Add what the paper adds (`+ 1e-6`, as a parameter), bound it (`max(count[token], 1)`), use `mean`, which is 0 over nothing, declare a domain, assume what holds, or divide under an `if`.',
  bad: `objective example {
  model logp : token
  data reward : rollout in {0, 1}
  let advantage = (reward - mean[rollout](reward)) / std[rollout](reward)
  minimize mean[token in batch](-logp * advantage)
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout in {0, 1}
  param eps in (0, inf) = 1e-6
  let advantage = (reward - mean[rollout](reward)) / (std[rollout](reward) + eps)
  minimize mean[token in batch](-logp * advantage)
}
`,
};

export const divisionByPossibleZero: Lint = {
  kind: divisionByZero,
  find: ({ exprs, rangeOf, rangeWhereRead, isNonzeroWhereRead, letNamed }) =>
    exprs.flatMap((expr): readonly Diagnostic[] => {
      const divisor = divisorOf(expr);
      if (divisor === undefined || !contains(rangeOf(divisor), 0)) return [];
      const range = rangeWhereRead(divisor);
      if (!contains(range, 0) || isNonzeroWhereRead(divisor)) return [];
      return [
        diagnose(divisionByZero, {
          primary: { span: divisor.span, text: `ranges over ${intervalText(range)}` },
          hint: adviceOn(divisor, letNamed),
        }),
      ];
    }),
};

/** What is divided by: the right side of `/`, and the base of a negative whole power. */
function divisorOf(expr: Expr): Expr | undefined {
  if (expr.kind !== 'binary') return undefined;
  if (expr.operator === '/') return expr.right;
  return expr.operator === '^' && (integerLiteral(expr.right) ?? 0) < 0 ? expr.left : undefined;
}

const SPREADS: readonly string[] = ['std', 'pstd', 'var', 'pvar'];

function adviceOn(divisor: Expr, letNamed: (name: string) => Expr | undefined): string {
  const named = expanded(divisor);
  const value = named.kind === 'name' ? expanded(letNamed(named.name) ?? named) : named;
  const aggregate = value.kind === 'reduction' ? value.aggregate.text : '';
  if (SPREADS.includes(aggregate)) return 'equal values have spread 0: add a parameter, `+ eps`';
  if (aggregate === 'count') return 'bound it, `max(…, 1)`, or use `mean`, which is 0 over nothing';
  return 'declare a domain without 0, bound it, or divide under an `if`';
}
