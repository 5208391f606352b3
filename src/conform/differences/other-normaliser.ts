/** A factor that is a count of the batch: another normaliser than the objective's, or none. */
import type { Batch } from '../../vectors/vector.js';
import { mapLeaves } from '../../vectors/tree.js';
import { plainly, predicting, type Difference } from '../difference.js';

interface Counts {
  readonly rollouts: number;
  readonly groups: number;
  readonly tokens: number;
  readonly width: number;
  /** Rollouts that have a token. */
  readonly lively: number;
}

function countsOf({ group, mask }: Batch): Counts {
  const ids = typeof group === 'object' ? group : [];
  const rows = typeof mask === 'object' ? mask : [];
  const lengths = rows.map((row) => (typeof row === 'number' ? 0 : row.reduce((sum, one) => sum + one, 0)));
  const [first] = rows;
  return {
    rollouts: ids.length,
    groups: new Set(ids as readonly number[]).size,
    tokens: lengths.reduce((sum, one) => sum + one, 0),
    width: typeof first === 'object' ? first.length : 0,
    lively: lengths.filter((one) => one > 0).length,
  };
}

const FACTORS: readonly (readonly [string, (of: Counts) => number])[] = [
  ['× the number of rollouts', ({ rollouts }) => rollouts],
  ['÷ the number of rollouts', ({ rollouts }) => 1 / rollouts],
  ['× the number of groups', ({ groups }) => groups],
  ['÷ the number of groups', ({ groups }) => 1 / groups],
  ['× the number of tokens', ({ tokens }) => tokens],
  ['× the rollouts per group', ({ rollouts, groups }) => rollouts / groups],
  ['÷ the rollouts per group', ({ rollouts, groups }) => groups / rollouts],
  ['× the mean length', ({ rollouts, tokens }) => tokens / rollouts],
  ['÷ the mean length', ({ rollouts, tokens }) => rollouts / tokens],
  ['× the padded width', ({ width }) => width],
  ['÷ the padded width', ({ width }) => 1 / width],
  ['× the share of positions that count', ({ rollouts, tokens, width }) => tokens / (rollouts * width)],
  ['÷ the share of rollouts that have a token', ({ rollouts, lively }) => rollouts / lively],
];

export const otherNormaliser: Difference = {
  name: 'other-normaliser',
  kind: 'factor',
  title: 'divided by another count than the objective says',
  explanation:
    'Within each batch everything is off by one factor, and that factor is a count of the batch: a sum where a mean is meant, or the other way round, or a mean over padding.',
  knownFrom: [
    'verl #3741 / PR #5366 (Dr. GRPO mode without batch size)',
    'prime-rl PR #583',
    'LUFFY (÷ response width, not ÷ batch)',
    'tinker (plain sum)',
  ],
  hypotheses: (subject) =>
    FACTORS.map(([label, factorOf]) =>
      predicting(subject, label, (vector) => {
        const result = plainly(subject, vector);
        const factor = factorOf(countsOf(vector.batch));
        // A batch without tokens has no such factor: nothing changes.
        const times = (value: number): number => (Number.isFinite(factor) ? factor * value : value);
        return result && { loss: mapLeaves(result.loss, times), grad: mapLeaves(result.grad, times) };
      }),
    ),
};
