/** The baseline of a rollout leaves the rollout itself out, where the objective does not. */
import { ONE, count, div, gt, max, mul, reduce, select, sub } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import { implementing, type Difference } from '../difference.js';
import { centredOf } from '../patterns.js';
import { rewritten } from '../rewriting.js';

/** r − mean of the others = (r − mean) · n/(n − 1); a rollout alone keeps what `alone` says. */
const againstOthers = (centred: Expr, set: Parameters<typeof count>[0], alone: Expr): Expr => {
  const size = count(set);
  const others = max(sub(size, ONE), ONE);
  return select(gt(size, ONE), mul(centred, div(size, others)), alone);
};

export const leaveOneOut: Difference = {
  name: 'leave-one-out',
  kind: 'formula',
  title: 'the baseline is the mean of the others, without the rollout itself',
  explanation:
    'RLOO’s baseline: it makes every advantage n/(n − 1) times as large as subtracting the mean of the whole group.',
  knownFrom: ['NeMo RL GRPO (baseline and deviation leave one out)', 'verl, TRL and OpenRLHF RLOO'],
  hypotheses: (subject) => {
    const forms: readonly (readonly [string, (x: Expr, centred: Expr) => Expr])[] = [
      ['0 for a rollout alone', (_, centred) => centred],
      ['the raw reward for a rollout alone', (x) => x],
    ];
    return forms.flatMap(([label, alone]) =>
      implementing(
        subject,
        label,
        rewritten(subject.program, (expr) => {
          const centred = centredOf(expr);
          if (centred === undefined) return expr;
          return againstOthers(
            sub(centred.x, reduce('mean', centred.set, centred.x)),
            centred.set,
            alone(centred.x, expr),
          );
        }),
      ),
    );
  },
};
