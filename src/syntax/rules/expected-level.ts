/** E0113: missing level. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose } from '../../base/diagnostic.js';
import { nearest } from '../../base/suggest.js';
import { expecting, here, type Detector } from '../situation.js';

export const expectedLevel: DiagnosticKind = {
  code: 'E0113',
  severity: 'error',
  title: 'missing level',
  explanation:
    'A level says what a value varies over, or what a reduction runs over: `batch`, `group`, `rollout` or `token`. A reduction may run over `others` instead, the other rollouts of the same group.',
  bad: `objective example {
  model logp : tokens
  minimize mean[token in batch](-logp)
}
`,
  good: `objective example {
  model logp : token
  minimize mean[token in batch](-logp)
}
`,
};

const levels = ['batch', 'group', 'rollout', 'token'];

/** Something else stands where a level is needed. */
export const detectExpectedLevel: Detector = (situation) => {
  const { problem, found } = situation;
  if (problem.kind !== 'choice' || !['level', 'index'].includes(problem.rule)) return undefined;
  const inIndex = problem.rule === 'index';
  const meant = nearest(found?.image ?? '', inIndex ? [...levels, 'others'] : levels);
  return diagnose(expectedLevel, {
    primary: {
      span: here(situation),
      text: expecting(situation, inIndex ? 'a level or `others`' : 'a level'),
    },
    hint:
      meant === undefined
        ? 'the levels are `batch`, `group`, `rollout` and `token`'
        : `did you mean \`${meant}\`?`,
  });
};
