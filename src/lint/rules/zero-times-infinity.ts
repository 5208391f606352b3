/** W0403: 0 times what can be infinite. */
import { diagnose, type Diagnostic, type DiagnosticKind } from '../../base/diagnostic.js';
import { contains } from '../../base/interval.js';
import { postOrder } from '../../check/walk.js';
import type { Expr } from '../../syntax/ast.js';
import type { Lint, Subject } from '../lint.js';

export const zeroTimesInfinity: DiagnosticKind = {
  code: 'W0403',
  severity: 'warning',
  title: '0 times what can be infinite',
  explanation:
    'An infinite anchor is the value of an empty set, and 0 · ∞ is NaN: multiplying by a mask does not remove it. Select instead: with `if`, or with `where` in the reduction.',
  bad: `objective example {
  model logp : token
  data reward : rollout in {0, 1}
  let best = max[token where logp > -1](logp, anchor: -inf)
  minimize mean[token in batch](-logp) + mean[rollout in batch](best * reward)
}
`,
  good: `objective example {
  model logp : token
  data reward : rollout in {0, 1}
  let best = max[token where logp > -1](logp, anchor: -inf)
  minimize mean[token in batch](-logp) + mean[rollout in batch](if any[token](logp > -1) then best * reward else 0)
}
`,
};

export const maskedInfinity: Lint = {
  kind: zeroTimesInfinity,
  find: (subject) => {
    const infinite = infinities(subject);
    const { exprs, rangeOf } = subject;
    // Behind an `if`, the author has thought of it.
    const chosen = new Set(
      exprs.flatMap((expr) => (expr.kind === 'if' ? postOrder(expr.then, expr.else) : [])),
    );
    return exprs.flatMap((expr): readonly Diagnostic[] => {
      if (expr.kind !== 'binary' || expr.operator !== '*') return [];
      const { left, right } = expr;
      const pair = [
        [left, right],
        [right, left],
      ].find(([x, y]) => x !== undefined && y !== undefined && infinite.has(x) && contains(rangeOf(y), 0));
      const [x, y] = pair ?? [];
      if (x === undefined || y === undefined || chosen.has(expr)) return [];
      return [
        diagnose(zeroTimesInfinity, {
          primary: { span: expr.span, text: 'NaN where both happen' },
          secondary: [
            { span: x.span, text: 'infinite over nothing' },
            { span: y.span, text: 'can be 0' },
          ],
          hint: 'select with `if` or `where` instead of multiplying',
        }),
      ];
    });
  },
};

/** Expressions that an infinite anchor can make infinite. */
function infinities({ exprs, letNamed }: Subject): ReadonlySet<Expr> {
  const found = new Set<Expr>();
  for (const expr of [...exprs].reverse()) {
    const is = (part: Expr | undefined): boolean => part !== undefined && found.has(part);
    if (isInfiniteAnchor(expr)) found.add(expr);
    else if (expr.kind === 'name' && is(letNamed(expr.name))) found.add(expr);
    else if (expr.kind === 'inlined' && is(expr.body)) found.add(expr);
    else if (expr.kind === 'unary' && is(expr.operand)) found.add(expr);
    else if (expr.kind === 'if' && (is(expr.then) || is(expr.else))) found.add(expr);
    else if (
      expr.kind === 'binary' &&
      ['+', '-', '*', '/'].includes(expr.operator) &&
      (is(expr.left) || is(expr.right))
    )
      found.add(expr);
  }
  return found;
}

function isInfiniteAnchor(expr: Expr): boolean {
  if (expr.kind !== 'reduction') return false;
  const anchor = expr.args.find(({ label }) => label?.text === 'anchor')?.value;
  const core = anchor?.kind === 'unary' ? anchor.operand : anchor;
  const { index, where } = expr;
  return core?.kind === 'inf' && (index.kind === 'others' || index.level === 'token' || where !== undefined);
}
