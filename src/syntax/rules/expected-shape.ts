/** E0118: no such claim. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose } from '../../base/diagnostic.js';
import { nearest } from '../../base/suggest.js';
import { SHAPE_WORDS } from '../../../grammar/tokens.js';
import { expecting, here, type Detector } from '../situation.js';

export const expectedShape: DiagnosticKind = {
  code: 'E0118',
  severity: 'error',
  title: 'no such claim',
  explanation:
    'After `is` a claim names a shape: `nonincreasing`, `nondecreasing`, `increasing`, `decreasing`, `constant`, `continuous` or `convex`, each followed by `in` and a name; `bounded`, with or without that; `lipschitz in x by k`; `nowhere zero in x`; `independent of y`.',
  bad: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  let w = grad(exp(logp), logp)
  verify : w is monotone in logp
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
  let w = grad(exp(logp), logp)
  verify : w is nondecreasing in logp
}
`,
};

/** Something else stands where a claim names a shape. */
export const detectExpectedShape: Detector = (situation) => {
  const { problem, found } = situation;
  if (problem.kind !== 'choice' || !['shape', 'direction', 'claim'].includes(problem.rule)) return undefined;
  const meant = nearest(found?.image ?? '', SHAPE_WORDS);
  return diagnose(expectedShape, {
    primary: { span: here(situation), text: expecting(situation, 'a shape') },
    hint:
      meant === undefined
        ? 'shapes are `nonincreasing`, `bounded`, `convex` and so on'
        : `did you mean \`${meant}\`?`,
  });
};
