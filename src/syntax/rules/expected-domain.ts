/** E0114: missing domain. */
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { diagnose } from '../../base/diagnostic.js';
import { expecting, here, type Detector } from '../situation.js';

export const expectedDomain: DiagnosticKind = {
  code: 'E0114',
  severity: 'error',
  title: 'missing domain',
  explanation:
    'A domain is `real`, `integer`, an interval such as `(0, inf)` or `[0, 1]`, an interval of integers such as `integer [1, 8]`, or a set of numbers such as `{0, 1}`. Its ends are numbers or `inf`.',
  bad: `objective example {
  param tau in positive = 1
  model logp : token
  minimize mean[token in batch](-logp) * tau
}
`,
  good: `objective example {
  param tau in (0, inf) = 1
  model logp : token
  minimize mean[token in batch](-logp) * tau
}
`,
};

/** Something else stands where a domain, or the end of an interval, is needed. */
export const detectExpectedDomain: Detector = (situation) => {
  const { problem } = situation;
  const domain = problem.kind === 'choice' && problem.rule === 'domain';
  const bound = problem.kind === 'choice' && problem.rule === 'bound';
  const number =
    (problem.kind === 'token' && problem.expected === 'Number') ||
    (problem.kind === 'choice' && problem.rule === 'set');
  if (!domain && !bound && !number) return undefined;
  return diagnose(expectedDomain, {
    ...(domain ? {} : { title: bound ? 'missing end of an interval' : 'missing number' }),
    primary: {
      span: here(situation),
      text: expecting(situation, domain ? 'a domain' : bound ? 'a number or `inf`' : 'a number'),
    },
    hint: domain
      ? 'domains are `real`, `integer`, intervals such as `(0, inf)` and sets such as `{0, 1}`'
      : undefined,
  });
};
