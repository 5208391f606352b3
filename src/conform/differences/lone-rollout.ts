/** A group of one keeps its raw reward. */
import { ONE, count, gt, select } from '../../ir/build.js';
import { implementing, type Difference } from '../difference.js';
import { centredOf, scaledByDeviation } from '../patterns.js';
import { rewritten } from '../rewriting.js';

const GROUP = { from: 'rollout', to: 'group' } as const;
const isAlone = (): ReturnType<typeof gt> => gt(count(GROUP), ONE);

export const loneRollout: Difference = {
  name: 'lone-rollout',
  kind: 'formula',
  title: 'a rollout that is alone in its group keeps its raw reward',
  explanation:
    'Mean 0 and deviation 1 are taken for a group of one, so that its reward is its advantage. By the definition of a mean the advantage is 0.',
  knownFrom: [
    'verl GRPO (mean 0, std 1 for a singleton), verl `rloo`',
    'verl #6478 (deviation of singletons)',
  ],
  hypotheses: (subject) =>
    implementing(
      subject,
      'advantage = reward',
      rewritten(subject.program, (expr) => {
        const scaled = scaledByDeviation(expr);
        const inner = scaled?.x.op === 'select' ? scaled.x.y : scaled?.x;
        const centred = centredOf(inner ?? expr);
        if (centred === undefined) return expr;
        return select(
          isAlone(),
          expr.op === 'div' && expr.x.op === 'select' ? { ...expr, x: expr.x.y } : expr,
          centred.x,
        );
      }),
    ),
};
