/** A stop-gradient where the objective has none. */
import { stop } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import { mapLeaves } from '../../vectors/tree.js';
import { implementing, plainly, predicting, type Difference } from '../difference.js';
import { readsModel, rewritten } from '../rewriting.js';

const PLACES: readonly (readonly [string, (expr: Expr) => boolean])[] = [
  ['on every exponential', ({ op }) => op === 'exp' || op === 'expm1'],
  ['on every clip', ({ op }) => op === 'clip'],
  [
    'on every mean over tokens',
    (expr) => expr.op === 'reduce' && expr.from === 'token' && expr.to === 'rollout',
  ],
];

export const stopAdded: Difference = {
  name: 'stop-added',
  kind: 'formula',
  title: 'the gradient is cut where the objective has no stop-gradient',
  explanation:
    'The loss has the right value and a part of its gradient, or all of it, is missing: a ratio that was computed without gradients, or an old policy that is the same tensor.',
  knownFrom: [
    'SkyRL #553, open-instruct #1269 (a ratio without gradient times A)',
    'minimind #775 (ratio ≡ 1)',
  ],
  hypotheses: (subject) => [
    ...PLACES.flatMap(([label, is]) =>
      implementing(
        subject,
        label,
        rewritten(subject.program, (expr) => (is(expr) && readsModel(expr) ? stop(expr) : expr)),
      ),
    ),
    predicting(subject, 'no gradient at all', (vector) => {
      const result = plainly(subject, vector);
      return result && { loss: result.loss, grad: mapLeaves(result.grad, () => 0) };
    }),
  ],
};
