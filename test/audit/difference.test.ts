/** Two objectives side by side: equal for every batch, or a batch that tells them apart, and what changed with it. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { difference, type Compared } from '../../src/diff.js';
import { isSame, type Difference } from '../../src/proof/difference.js';
import { differenceMarkdown } from '../../src/report/difference-markdown.js';
import { differenceText } from '../../src/report/difference-text.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

function side(text: string): Compared {
  const analysis = analyze(text);
  const [unit] = analysis.units;
  if (unit === undefined) throw new Error(analysis.diagnostics.map(({ title }) => title).join('; '));
  return { analysis, unit };
}
const between = (a: string, b: string): Difference =>
  difference(side(a), side(b), (program, at) => verifyClaim(program, at, budgetOf(300_000)));

const objective = (cost: string, more = '', claims = ''): string => `objective compared {
  param c in [1, inf) = 3
  model logp : token
  data old_logp : token
  data advantage : token in [-1, 1]
  let s = logp - old_logp
${more}  let cost = ${cost}
  minimize mean[token in batch](cost)
  let w = grad(cost, s)
${claims}}
`;
const CLAIM = '  verify "bounded" : abs(w) <= c\n';

describe('values', () => {
  test.each([
    ['the same text', '-advantage * exp(s)', '-advantage * exp(s)'],
    ['another way to write it', '-advantage * exp(s)', '-(advantage * exp(2 * s) / exp(s))'],
    ['a square', 'square(s)', 's ^ 2'],
  ])('%s is equal', (_, a, b) => {
    const found = between(objective(a), objective(b));
    expect(found.values.map(({ what, status }) => `${what}: ${status}`)).toEqual([
      'loss: equal',
      'gradient by logp: equal',
    ]);
    expect(isSame(found)).toBe(true);
    expect(differenceText(found)).toContain('the same meaning');
  });
  test('a cap that is lost is shown by a batch, a verdict and the audit', () => {
    const capped = objective('-advantage * min(exp(s), c)', '', CLAIM);
    const found = between(capped, objective('-advantage * exp(s)', '', CLAIM));
    expect(found.values.map(({ status }) => status)).toEqual(['different', 'different']);
    expect(found.values[0]?.witness?.points[0]?.readings.length).toBeGreaterThan(0);
    expect(found.verdicts).toEqual([
      { claim: 'abs(w) <= c', label: 'bounded', before: 'proved', after: 'refuted' },
    ]);
    expect(found.answers.map(({ title }) => title)).toContain('gradient domination in negatives');
    expect(differenceMarkdown(found)).toContain('| proved | refuted |');
    expect(isSame(found)).toBe(false);
  });
  test('a stop changes the gradient and not the loss', () => {
    const found = between(objective('-advantage * s * s'), objective('-advantage * s * stop(s)'));
    expect(found.values.map(({ status }) => status)).toEqual(['equal', 'different']);
  });
  test('lets of one name are not one let', () => {
    const found = between(
      objective('-advantage * r', '  let r = exp(s)\n'),
      objective('-advantage * r', '  let r = s\n'),
    );
    expect(found.values[0]?.status).toBe('different');
  });
});

describe('declarations', () => {
  test('what only one has, and domains that differ', () => {
    const a = objective('-advantage * s');
    const b = a.replace('c in [1, inf) = 3', 'd in [1, inf) = 3').replace('in [-1, 1]', 'in [0, 1]');
    expect(between(a, b).interface).toEqual([
      'parameter `c` is in the first only',
      'parameter `d` is in the second only',
      'input `advantage`: in [-1, 1] → in [0, 1]',
    ]);
  });
  test('what has another level cannot be compared', () => {
    const a = objective('-advantage * s');
    const found = between(a, a.replace('data advantage : token', 'data advantage : rollout'));
    expect(found.incomparable).toEqual([
      '`advantage` is data per token in the first and data per rollout in the second',
    ]);
    expect(found.values).toEqual([]);
    expect(isSame(found)).toBe(false);
  });
});
