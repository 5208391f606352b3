/** Which diagnostics are shown, and as what: every severity against every choice. */
import { expect, test } from 'vitest';
import { diagnose, type Diagnostic, type Severity } from '../../src/base/diagnostic.js';
import { withSeverities, type ChosenSeverity } from '../../src/report/severities.js';

const one = (severity: Severity, pedantic: boolean): Diagnostic => {
  const [title, explanation, bad, good] = ['t', 'e', 'b', 'g'];
  const kind = { code: 'W0999', severity, title, explanation, bad, good };
  const primary = { span: { start: 0, end: 1 }, text: '' };
  return diagnose(pedantic ? { ...kind, pedantic } : kind, { primary });
};

const shown = (
  severity: Severity,
  pedantic: boolean,
  rule: ChosenSeverity | undefined,
  asked: boolean,
): string =>
  withSeverities([one(severity, pedantic)], { rules: { W0999: rule, W0998: 'error' }, pedantic: asked })
    .map((diagnostic) => diagnostic.severity)
    .join();

const CHOICES = [undefined, 'off', 'note', 'warning', 'error'] as const;

test.each(['note', 'warning'] as const)(
  'a %s is what the rule says; pedantic ones are shown to who asks',
  (severity) => {
    for (const pedantic of [false, true])
      for (const asked of [false, true])
        for (const rule of CHOICES) {
          const expected =
            rule === 'off' ? '' : rule !== undefined ? rule : pedantic && !asked ? '' : severity;
          expect([pedantic, asked, rule, shown(severity, pedantic, rule, asked)]).toEqual([
            pedantic,
            asked,
            rule,
            expected,
          ]);
        }
  },
);

test('an error stays one', () => {
  for (const pedantic of [false, true])
    for (const rule of CHOICES) expect(shown('error', pedantic, rule, false)).toBe('error');
});

test('what objects have by nature is no rule', () => {
  const odd = { ...one('warning', false), code: 'constructor' };
  expect(withSeverities([odd], { rules: {}, pedantic: false })).toEqual([odd]);
});
