/** The estimator k3 is clamped: the penalty switches off where the policy has run away. */
import { clip, constant, exp, neg, sub, ONE } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import { implementing, type Difference } from '../difference.js';
import { k3Of } from '../patterns.js';
import { rewritten } from '../rewriting.js';

const within = (x: Expr, bound: number): Expr => clip(x, neg(constant(bound)), constant(bound));
const k3 = (d: Expr): Expr => sub(sub(exp(d), d), ONE);

export const klClamped: Difference = {
  name: 'kl-clamped',
  kind: 'formula',
  title: 'the divergence estimator k3 is clamped',
  explanation:
    'With its value bounded by 10, the gradient of the penalty is exactly 0 once ref_logp − logp is above 2.6 or below −11: where it is needed most.',
  knownFrom: [
    'verl, ms-swift, NeMo RL (input ±20, output ±10)',
    'OpenRLHF and slime (output ±10)',
    'verl #891, #721',
  ],
  hypotheses: (subject) => {
    const forms: readonly (readonly [string, (d: Expr) => Expr])[] = [
      ['output ±10', (d) => within(k3(d), 10)],
      ['input ±20, output ±10', (d) => within(k3(within(d, 20)), 10)],
      ['input ±20', (d) => k3(within(d, 20))],
    ];
    return forms.flatMap(([label, change]) =>
      implementing(
        subject,
        label,
        rewritten(subject.program, (expr) => {
          const d = k3Of(expr);
          return d === undefined ? expr : change(d);
        }),
      ),
    );
  },
};
