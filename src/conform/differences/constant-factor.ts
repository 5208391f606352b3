/** One constant factor on every vector. */
import { leavesOf, mapLeaves } from '../../vectors/tree.js';
import { plainly, predicting, type Difference, type Subject } from '../difference.js';

/** The factor at the largest gradient entry of the first vector that differs there. */
function factorOf(subject: Subject, part: 'loss' | 'grad'): number | undefined {
  for (const { vector, found } of subject.observations) {
    const expected = plainly(subject, vector)?.[part];
    const got = found[part];
    if (expected === undefined || got === undefined) continue;
    const [wanted, given] = [leavesOf(expected), leavesOf(got)];
    const size = (at: number): number => (Number.isFinite(wanted[at]) ? Math.abs(wanted[at] ?? 0) : 0);
    const largest = wanted.reduce((best, _, at) => (size(at) > size(best) ? at : best), 0);
    const factor = (given[largest] ?? NaN) / (wanted[largest] ?? NaN);
    if (Number.isFinite(factor) && factor !== 0 && Math.abs(factor - 1) > 1e-6) return factor;
  }
  return undefined;
}

/** `4`, `1/4` where it is one of these but for rounding. */
function factorText(factor: number): string {
  const close = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-5 * Math.abs(value);
  if (close(factor)) return String(Math.round(factor));
  return close(1 / factor) ? `1/${Math.round(1 / factor)}` : String(Number(factor.toPrecision(6)));
}

export const constantFactor: Difference = {
  name: 'constant-factor',
  kind: 'factor',
  title: 'one constant factor too many or too few',
  explanation:
    'Every number is the right one times the same constant. A whole number is usually the number of micro-batches, of gradient-accumulation steps or of ranks: something that is averaged was summed, or divided twice.',
  knownFrom: [
    'verl #7913 (GMPO: ×8 with 8 micro-batches)',
    'NeMo RL PR #3791 (VAPO: ×32)',
    'ms-swift #10117 (divided by accumulation steps twice)',
    'TRL #5619, #5890',
  ],
  hypotheses: (subject) =>
    (['both', 'loss', 'grad'] as const).flatMap((part) => {
      const factor = factorOf(subject, part === 'loss' ? 'loss' : 'grad');
      if (factor === undefined) return [];
      const times = (value: number): number => factor * value;
      const where = { both: 'loss and gradient', loss: 'the loss only', grad: 'the gradient only' }[part];
      return [
        predicting(subject, `${where} × ${factorText(factor)}`, (vector) => {
          const result = plainly(subject, vector);
          return (
            result && {
              loss: part === 'grad' ? result.loss : mapLeaves(result.loss, times),
              grad: part === 'loss' ? result.grad : mapLeaves(result.grad, times),
            }
          );
        }),
      ];
    }),
};
