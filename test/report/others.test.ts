/** Leave-one-out objectives as `explain` writes them: names are read at the other, and own values say that they are. */
import { describe, expect, test } from 'vitest';
import { analyze, explain } from '../../src/compile.js';
import { explainText } from '../../src/report/explain-text.js';
import type { Explanation } from '../../src/report/explanation.js';
import type { Style } from '../../src/report/formula.js';
import { printExpr } from '../../src/ir/print.js';
import { lowered, onlyLoss } from '../lower/lowered.js';

const START = `model logp : token
  data old_logp : token
  data reward : rollout
  let s = mean[token](logp - old_logp)`;
function explained(style: Style, ...items: readonly string[]): Explanation {
  const text = `objective example {\n  ${START}\n  ${items.join('\n  ')}\n}\n`;
  const { units, source, diagnostics } = analyze(text);
  const [unit] = units;
  if (unit === undefined) throw new Error(JSON.stringify(diagnostics));
  return explain(unit, source, style);
}
const derivatives = (text: string): string => text.slice(text.search(/^Gradient/m));

test('a baseline of the rewards', () => {
  const text = explainText(
    explained(
      'unicode',
      'let advantage = reward - mean[others](reward)',
      'maximize mean[rollout in batch](advantage * s)',
    ),
  );
  expect(derivatives(text)).toBe(`Gradient ∂loss/∂logp, one per token
  −advantage / (count[rollout in batch] · count[token])

Kinks
  none: the loss is smooth in what the model puts out
`);
});

test('a cost that the others of a group share', () => {
  const text = explainText(
    explained(
      'unicode',
      'let advantage = reward - mean[others](reward)',
      'let cost = logsumexp[others](s, anchor: 0) - s',
      'minimize mean[rollout in batch](advantage * cost)',
      'let w = grad(cost, s)',
    ),
  );
  expect(derivatives(text)).toBe(`Gradient weight w = ∂cost/∂s, one per rollout
  where count[rollout] > 1  exp(s) · Σ[others](1 / (1 + Σ[others](exp(s)))) − 1
  otherwise                 −1

Gradient ∂loss/∂logp, one per token
  where count[rollout] > 1  (exp(s) · Σ[others](advantage / (count[rollout in batch] · (1 + Σ[others](exp(s))))) − advantage / count[rollout in batch]) / count[token]
  otherwise                 −advantage / (count[rollout in batch] · count[token])

Kinks
  none: the loss is smooth in what the model puts out
`);
});

const weight = (of: string, style: Style = 'unicode'): readonly string[] =>
  (
    explained(style, `let c = ${of}`, 'minimize sum[rollout in batch](c)', 'let w = grad(c, s)').weights[0]
      ?.cases ?? []
  ).map(({ condition, value }) => (condition === undefined ? value : `${condition}: ${value}`));

describe('the derivative of', () => {
  test.each([
    ['sum[others](s)', ['count[rollout] − 1']],
    ['mean[others where reward > 0](s)', ['reward > 0: Σ[others](1 / count[others where reward > 0])', '0']],
    ['max[others](s, anchor: -inf)', ['count[others where own attains max[others](s)]']],
    [
      'var[others](s)',
      ['count[rollout] > 2: Σ[others](2 · (own(s) − mean[others](s)) / (count[rollout] − 2))', '0'],
    ],
    [
      'sum[others](s * mean[others](s))',
      ['count[rollout] > 1: (count[rollout] − 1) · mean[others](s) + Σ[others](s)', '0'],
    ],
  ])('%s', (of, expected) => {
    expect(weight(of)).toEqual(expected);
  });
  test('in LaTeX', () => {
    expect(weight('pvar[others](s)', 'latex')).toEqual([
      String.raw`\sum_{\text{others}}\left(\frac{2 \, \left(\operatorname{own}\left(s\right) - \operatorname*{mean}_{\text{others}}\left(s\right)\right)}{\#_{\text{rollout}} - 1}\right)`,
    ]);
  });
});

test('a tie of the others is a kink', () => {
  const { kinks } = onlyLoss(
    explained('unicode', 'minimize sum[rollout in batch](max[others](s, anchor: 0))'),
  );
  expect(kinks.map(({ at }) => at)).toEqual(['a tie of max[others] over s', 'max[others](s) = 0']);
});

test('the dump has the notation of the language', () => {
  const program = lowered(
    `objective example {\n  ${START}\n  let c = pvar[others](s)\n  minimize sum[rollout in batch](logsumexp[others where reward > 0](s, anchor: reward))\n}\n`,
  );
  expect(printExpr(onlyLoss(program).loss, true)).toBe(
    'sum[rollout in batch](logsumexp[others where reward > 0](s, anchor: reward))',
  );
  const [, c] = program.lets.map(({ value }) => (value.op === 'named' ? value.x : value));
  expect(c && printExpr(c, true)).toBe(
    'mean[others]((s - own(stop(first[others](s))) - own(mean[others](s - own(stop(first[others](s)))))) * (s - own(stop(first[others](s))) - own(mean[others](s - own(stop(first[others](s)))))))',
  );
});
