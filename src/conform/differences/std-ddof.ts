/** A standard deviation with n in place of n − 1, or the other way round. */
import { ONE, ZERO, count, div, gt, reduce, select, sub } from '../../ir/build.js';
import { implementing, type Difference } from '../difference.js';
import { populationVarianceOf, sampleVarianceOf } from '../patterns.js';
import { rewritten } from '../rewriting.js';

export const stdDdof: Difference = {
  name: 'std-ddof',
  kind: 'formula',
  title: 'the standard deviation divides by the other of n and n − 1',
  explanation:
    '`std` is the sample deviation (n − 1), `pstd` that of a population (n). In a group of eight they differ by 7%.',
  knownFrom: [
    'n − 1: TRL, ms-swift, verl, OpenRLHF (GRPO), tunix',
    'n: OpenRLHF and NeMo RL (REINFORCE++ whitening), numpy’s default',
  ],
  hypotheses: (subject) => [
    ...implementing(
      subject,
      'n',
      rewritten(subject.program, (expr) => {
        const sample = sampleVarianceOf(expr);
        return sample === undefined ? expr : div(sample.total, sample.size);
      }),
    ),
    ...implementing(
      subject,
      'n − 1',
      rewritten(subject.program, (expr) => {
        const population = populationVarianceOf(expr);
        if (population === undefined) return expr;
        const size = count(population.set);
        const sum = reduce('sum', population.set, population.x);
        return select(gt(size, ONE), div(sum, sub(size, ONE)), ZERO);
      }),
    ),
  ],
};
