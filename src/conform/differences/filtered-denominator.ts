/** A filter that is in the numerator and not in the denominator, or the other way round. */
import { count, div, reduce } from '../../ir/build.js';
import { implementing, type Difference } from '../difference.js';
import { meanOf, sumOf } from '../patterns.js';
import { readsModel, rewritten } from '../rewriting.js';

export const filteredDenominator: Difference = {
  name: 'filtered-denominator',
  kind: 'formula',
  title: 'what a filter leaves out is, or is not, counted in the denominator',
  explanation:
    'Σ over what is kept, divided by the number of what is kept, and Σ over what is kept, divided by the number of all, differ by the share that is kept.',
  knownFrom: [
    'TRL #6369 → PR #6439 (truncated rollouts), #6367 (groups without variance)',
    'AReaL and ms-swift (count before filters)',
    'REAL: all groups in the paper, rollouts of mixed groups in its BCE variant',
  ],
  hypotheses: (subject) => [
    ...implementing(
      subject,
      'only what is kept is counted',
      rewritten(subject.program, (expr) => {
        if (expr.op !== 'div') return expr;
        const [sum, counted] = [sumOf(expr.x), sumOf(expr.y)];
        const isFiltered =
          sum?.set.where !== undefined && counted !== undefined && counted.set.where === undefined;
        if (!isFiltered || counted.set.from !== sum.set.from || !readsModel(sum.x)) return expr;
        return reduce('mean', sum.set, sum.x);
      }),
    ),
    ...implementing(
      subject,
      'everything is counted',
      rewritten(subject.program, (expr) => {
        const mean = meanOf(expr);
        if (mean?.set.where === undefined || !readsModel(mean.x)) return expr;
        const all = count({ from: mean.set.from, to: mean.set.to });
        return div(reduce('sum', mean.set, mean.x), all);
      }),
    ),
  ],
};
