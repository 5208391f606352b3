/** Mean or deviation over the whole batch in place of the group. */
import { reduce } from '../../ir/build.js';
import type { Expr, Reduce } from '../../ir/expr.js';
import { rebuild } from '../../ir/graph.js';
import { implementing, type Difference } from '../difference.js';
import { centredOf, scaledByDeviation } from '../patterns.js';
import { holds, rewritten } from '../rewriting.js';

const isOfGroup = (expr: Expr): expr is Reduce =>
  expr.op === 'reduce' && expr.from === 'rollout' && expr.to === 'group' && expr.anchor === undefined;

/** Statistics of groups, below an expression, as statistics of the batch. */
const widened = (expr: Expr): Expr =>
  rebuild([expr], (one) =>
    isOfGroup(one) ? reduce(one.reduce, { from: 'rollout', to: 'batch', where: one.where }, one.x) : one,
  ).roots[0] ?? expr;
const hasGroup = (expr: Expr): boolean => holds(expr, isOfGroup);

export const batchStatistics: Difference = {
  name: 'batch-statistics',
  kind: 'formula',
  title: 'rewards are compared with the whole batch, and not with their group',
  explanation:
    'The mean, or the standard deviation, of all rewards of the batch. REINFORCE++ whitens over the batch on purpose; GRPO compares answers to one prompt.',
  knownFrom: ['TRL `scale_rewards="batch"`', 'AReaL configurations', 'REINFORCE++ (OpenRLHF, NeMo RL, verl)'],
  hypotheses: (subject) => {
    const { program } = subject;
    return [
      ...implementing(
        subject,
        'the standard deviation',
        rewritten(program, (expr) =>
          scaledByDeviation(expr) !== undefined && expr.op === 'div' && hasGroup(expr.y)
            ? { ...expr, y: widened(expr.y) }
            : expr,
        ),
      ),
      ...implementing(
        subject,
        'mean and standard deviation',
        rewritten(program, (expr) =>
          scaledByDeviation(expr) !== undefined || centredOf(expr) !== undefined ? widened(expr) : expr,
        ),
      ),
    ];
  },
};
