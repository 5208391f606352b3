/** What is read at several values of x differs in x alone: also where its sums are taken apart into as many parts as may be. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { analyze } from '../../../src/compile.js';
import { budgetOf } from '../../../src/verify/budget.js';
import { viewsOf } from '../../../src/verify/view/view.js';
import { termText } from './show.js';

test('a clipped mean of tokens, by all the ways to clip one', () => {
  const { units } = analyze(readFileSync('objectives/gmpo.obj', 'utf8'), 'gmpo.obj');
  const claims = units.flatMap(({ program }) => program.claims.map((claim) => ({ program, claim })));
  const pairs = claims.flatMap(({ program, claim }) => {
    if (claim.statement.kind !== 'monotone') return [];
    const { of } = claim.statement;
    const [view] = viewsOf(program, claim, 2, budgetOf(100_000), () => ({ stuck: undefined }));
    return view === undefined ? [] : [[1, 2].map((copy) => termText(view.read(of, copy)))];
  });
  expect(pairs.length).toBeGreaterThan(1);
  for (const [first = '', second] of pairs)
    expect(first.replaceAll('log_ratio.1', 'log_ratio.2')).toBe(second);
});
