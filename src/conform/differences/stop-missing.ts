/** A stop-gradient of the objective is not there. */
import { printExpr } from '../../ir/print.js';
import { implementing, type Difference } from '../difference.js';
import { nodesOf, readsModel, rewritten } from '../rewriting.js';

export const stopMissing: Difference = {
  name: 'stop-missing',
  kind: 'formula',
  title: 'a stop-gradient is missing',
  explanation:
    'The loss has the right value, and the gradient follows a path that the objective cuts: through the weight of CISPO, or through an advantage.',
  knownFrom: [
    'Liger-Kernel (βρ̄ differentiated in another way than its forward)',
    'verl `k3+` before its fix',
  ],
  hypotheses: (subject) => {
    const stops = nodesOf(subject.program).filter((node) => node.op === 'stop' && readsModel(node));
    const single = stops.map((chosen) => ({
      label: `\`${printExpr(chosen, true)}\``,
      drops: (text: string) => text === printExpr(chosen),
    }));
    const all = stops.length > 1 ? [{ label: 'every one', drops: () => true }] : [];
    return [...single, ...all].flatMap(({ label, drops }) =>
      implementing(
        subject,
        label,
        rewritten(subject.program, (expr) =>
          expr.op === 'stop' && readsModel(expr) && drops(printExpr(expr)) ? expr.x : expr,
        ),
      ),
    );
  },
};
