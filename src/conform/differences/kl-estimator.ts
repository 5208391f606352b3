/** Another estimator of the divergence than k3, or none: often the same value in expectation, another gradient. */
import { ZERO, abs, constant, div, exp, mul, neg, stop, sub, add, ONE } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import { implementing, type Difference } from '../difference.js';
import { k3Of } from '../patterns.js';
import { rewritten } from '../rewriting.js';

const TWO = constant(2);
const k2 = (d: Expr): Expr => div(mul(d, d), TWO);
const k3 = (d: Expr): Expr => sub(sub(exp(d), d), ONE);

/** Of d = ref_logp − logp. */
const FORMS: readonly (readonly [string, (d: Expr) => Expr])[] = [
  ['k1: logp − ref_logp', (d) => neg(d)],
  ['k2: d²/2', k2],
  ['|d|', abs],
  ['the value of k3 with the gradient of k2', (d) => add(k2(d), stop(sub(k3(d), k2(d))))],
  ['k3 of −d: the policies are swapped', (d) => k3(neg(d))],
  ['k3 without gradient', (d) => stop(k3(d))],
  ['no divergence at all', () => ZERO],
];

export const klEstimator: Difference = {
  name: 'kl-estimator',
  kind: 'formula',
  title: 'another estimator of the divergence than k3',
  explanation:
    'k1, k2 and k3 estimate the same divergence; their gradients are a constant, that of the reverse divergence, and that of the forward one.',
  knownFrom: [
    'OpenRLHF PR #1309 (k1 in the loss)',
    'NeMo RL (value of k3, reverse gradient), verl `k3+`',
    'verl PR #2953, slime #1039, open-instruct #534',
  ],
  hypotheses: (subject) =>
    FORMS.flatMap(([label, change]) =>
      implementing(
        subject,
        label,
        rewritten(subject.program, (expr) => {
          const d = k3Of(expr);
          return d === undefined ? expr : change(d);
        }),
      ),
    ),
};
