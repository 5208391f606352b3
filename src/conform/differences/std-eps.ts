/** The ε that keeps a deviation from 0: another one, or in another place. */
import { add, constant, div, max, sqrt } from '../../ir/build.js';
import { implementing, type Difference } from '../difference.js';
import { scaledByDeviation } from '../patterns.js';
import { rewritten } from '../rewriting.js';
import type { Expr } from '../../ir/expr.js';

type Scaled = NonNullable<ReturnType<typeof scaledByDeviation>>;
const OTHER = ['1e-4', '1e-5', '1e-6', '1e-8', '1e-9', '1e-3'];

const WAYS: readonly (readonly [string, (of: Scaled) => Expr | undefined])[] = [
  ['ε inside the root: √(var + ε)', ({ x, variance, eps }) => eps && div(x, sqrt(add(variance, eps)))],
  ['max(std, ε)', ({ x, deviation, eps }) => eps && div(x, max(deviation, eps))],
  ...OTHER.map(
    (eps) => [`std + ${eps}`, ({ x, deviation }: Scaled) => div(x, add(deviation, constant(eps)))] as const,
  ),
  ...['1e-8', '1e-6'].map(
    (eps) =>
      [`√(var + ${eps})`, ({ x, variance }: Scaled) => div(x, sqrt(add(variance, constant(eps))))] as const,
  ),
];

export const stdEps: Difference = {
  name: 'std-eps',
  kind: 'formula',
  title: 'another ε beside the standard deviation, or in another place',
  explanation:
    'It matters where a group has next to no variance. Frameworks add 1e-4, 1e-6, 1e-8 or 1e-9 to the deviation, or to the variance under the root.',
  knownFrom: [
    '1e-4: TRL, ms-swift; 1e-6: verl, tunix; 1e-8: Dr. GRPO, GMPO; 1e-9: OpenRLHF',
    'Liger-Kernel PR #553 (1e-8 against 1e-4)',
    'verl whitening: rsqrt(var + 1e-8)',
  ],
  hypotheses: (subject) =>
    WAYS.flatMap(([label, change]) =>
      implementing(
        subject,
        label,
        rewritten(subject.program, (expr) => {
          const of = scaledByDeviation(expr);
          return (of && change(of)) ?? expr;
        }),
      ),
    ),
};
