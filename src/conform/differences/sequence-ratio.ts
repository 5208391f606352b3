/** A log-ratio of a whole rollout: the sum of its tokens' in place of their mean, or the other way round. */
import { reduce } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import { implementing, type Difference } from '../difference.js';
import { meanOf, sumOf } from '../patterns.js';
import { readsModel, rewritten } from '../rewriting.js';
import { rebuild } from '../../ir/graph.js';

/** What feeds an exponential or an estimator, not the aggregation of costs. */
const inside = (expr: Expr, kind: 'sum' | 'mean'): Expr =>
  rebuild([expr], (one) => {
    const over = kind === 'sum' ? meanOf(one) : sumOf(one);
    if (over?.set.from !== 'token' || over.set.to !== 'rollout' || !readsModel(over.x)) return one;
    return reduce(kind, over.set, over.x);
  }).roots[0] ?? expr;

const CURVED: readonly Expr['op'][] = ['exp', 'expm1', 'sigmoid', 'softplus'];
const isCurved = (expr: Expr): boolean =>
  CURVED.includes(expr.op) || (expr.op === 'reduce' && expr.reduce === 'logsumexp');

export const sequenceRatio: Difference = {
  name: 'sequence-ratio',
  kind: 'formula',
  title: 'the log-ratio of a rollout is the sum over its tokens in place of the mean, or the opposite',
  explanation:
    'exp of the mean is the geometric mean of the tokens’ ratios; exp of the sum is the ratio of the rollouts’ probabilities, which is sharp for long ones.',
  knownFrom: [
    'sum: TRL (`sequence_mask`, RLOO), verl `sequence`, NeMo RL, torchtune; mean: ms-swift, OpenRLHF',
    'TRL #5814, #4772',
    'IPO: means in TRL and AReaL, sums in OpenRLHF',
  ],
  hypotheses: (subject) =>
    (['sum', 'mean'] as const).flatMap((kind) =>
      implementing(
        subject,
        kind,
        rewritten(subject.program, (expr) => (isCurved(expr) ? inside(expr, kind) : expr)),
      ),
    ),
};
