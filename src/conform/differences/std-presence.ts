/** Rewards are centred and not scaled, or scaled where the objective only centres them. */
import { ONE, ZERO, add, constant, count, div, gt, mul, reduce, select, sqrt, sub } from '../../ir/build.js';
import type { Expr } from '../../ir/expr.js';
import { implementing, type Difference } from '../difference.js';
import { centredOf, scaledByDeviation, type Over } from '../patterns.js';
import { nodesOf, rewritten } from '../rewriting.js';

/** The sample deviation of what was centred. */
function deviationOf({ set, x }: Over): Expr {
  const away = sub(x, reduce('mean', set, x));
  const size = count(set);
  const total = reduce('sum', set, mul(away, away));
  return sqrt(select(gt(size, ONE), div(total, sub(size, ONE)), ZERO));
}

export const stdPresence: Difference = {
  name: 'std-presence',
  kind: 'formula',
  title: 'the advantage is, or is not, divided by the standard deviation',
  explanation:
    'Dr. GRPO subtracts the mean of the group and leaves the scale; GRPO divides by the deviation, which weighs very easy and very hard prompts up.',
  knownFrom: [
    'OpenRLHF `dr_grpo` (drops the deviation, keeps the length)',
    'axolotl PR #3731 (`scale_rewards: false` is a truthy string)',
    'TRL `scale_rewards`',
  ],
  hypotheses: (subject) => {
    const { program } = subject;
    const dropped = rewritten(program, (expr) => scaledByDeviation(expr)?.x ?? expr);
    const isScaled = nodesOf(program).some((node) => scaledByDeviation(node) !== undefined);
    const added = ['1e-6', '1e-4', '1e-8'].map(
      (eps) =>
        [
          `divided by std + ${eps}`,
          isScaled
            ? undefined
            : rewritten(program, (expr) => {
                const centred = centredOf(expr);
                return centred === undefined ? expr : div(expr, add(deviationOf(centred), constant(eps)));
              }),
        ] as const,
    );
    return [
      ...implementing(subject, 'not divided', dropped),
      ...added.flatMap(([label, other]) => implementing(subject, label, other)),
    ];
  },
};
