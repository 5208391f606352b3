/** How formulas are written: as a person would, and in LaTeX that LaTeX reads. */
import { describe, expect, test } from 'vitest';
import { analyze, explain } from '../../src/compile.js';
import { explainLatex } from '../../src/report/explain-latex.js';
import type { Explanation } from '../../src/report/explanation.js';
import type { Style } from '../../src/report/formula.js';
import { filesUnder, read } from '../sources.js';

function explained(style: Style, ...lets: readonly string[]): Explanation {
  const text = `objective example {
  param tau in (0, inf) = 1
  model logp : token
  data reward : rollout
  let s = mean[token](logp)
  ${lets.join('\n  ')}
  minimize sum[rollout in batch](s * reward * tau)
}`;
  const { units, source, diagnostics } = analyze(text);
  const [unit] = units;
  if (unit === undefined) throw new Error(JSON.stringify(diagnostics));
  return explain(unit, source, style);
}
const weightOf = (cost: string): readonly string[] =>
  (explained('unicode', `let c = ${cost}`, 'let w = grad(c, s)').weights[0]?.cases ?? []).map(
    ({ condition, value }) => (condition === undefined ? value : `${condition}: ${value}`),
  );

describe('the derivative of', () => {
  test.each([
    ['s ^ 3', ['3 · s ^ 2']],
    ['s / 1e-9', ['1000000000']],
    ['s * reward / (1e-9 + tau)', ['reward / (1e-9 + tau)']],
    ['s ^ 2 / tau - 0.5 * s', ['2 · s / tau − 0.5']],
    ['if reward >= 1 then s else 2 * s', ['reward ≥ 1: 1', '2']],
    ['if not (reward > 0) or reward > 1 then s else 0 * s', ['reward ≤ 0 or reward > 1: 1', '0']],
    ['var[rollout](s)', ['count[rollout] > 1: 2 · (s − mean[rollout](s)) / (count[rollout] − 1)', '0']],
    [
      'std[rollout](s)',
      [
        'count[rollout] > 1 and Σ[rollout]((s − mean[rollout](s)) ^ 2) / (count[rollout] − 1) > 0: (s − mean[rollout](s)) / (c · (count[rollout] − 1))',
        '0',
      ],
    ],
    [
      'sum[token](discounted[token](s * logp, 0.5))',
      ['any[token](true): Σ[token](discounted[token from start](1, 0.5) · logp)', '0'],
    ],
    [
      'sum[token](shift[token](s * reward, by: 1, fill: 0))',
      ['any[token](not the last token): count[token where not the last token] · reward', '0'],
    ],
    [
      'sum[token](shift[token](logp, by: -2, fill: s))',
      ['any[token](one of the last 2 tokens): count[token where one of the last 2 tokens]', '0'],
    ],
    ['sum[rollout where reward > 0](if reward > 0 then s ^ 2 else s)', ['reward > 0: 2 · s', '0']],
  ])('%s', (cost, expected) => expect(weightOf(cost)).toEqual(expected));
});

const definition = (text: string, ...data: readonly string[]): string =>
  explained('latex', ...data.map((name) => `data ${name} : rollout`), `let v = ${text}`).values.at(-1)
    ?.definition ?? '';

describe('LaTeX of', () => {
  test.each([
    ['exp(s) ^ 0.5', String.raw`\left(e^{s}\right)^{0.5}`],
    ['(1 / s) ^ 2', String.raw`\left(\frac{1}{s}\right)^{2}`],
    ['(-s) ^ 3', String.raw`\left(-s\right)^{3}`],
    ['s * s * 2', String.raw`s^{2} \cdot 2`],
    ['s * 1e-9', String.raw`s \cdot 10^{-9}`],
    ['s * 2.5e30', String.raw`s \cdot 2.5 \cdot 10^{30}`],
    ['2 * s * tau', String.raw`2 \, s \, \tau`],
    ['std[rollout](reward)', String.raw`\operatorname*{std}_{\text{rollout}}\left(\mathrm{reward}\right)`],
    [
      'pvar[rollout in batch where reward > 0](s) / 2',
      String.raw`\frac{\operatorname*{pvar}_{\text{rollout in batch} :\, \mathrm{reward} > 0}\left(s\right)}{2}`,
    ],
    ['-(-s)', String.raw`-\left(-s\right)`],
    ['cumsum[token](logp)', String.raw`\sum_{u \le t} \mathrm{logp}_{u}`],
    ['cumsum[token](2 * logp)', String.raw`\sum_{u \le t} \left(2 \, \mathrm{logp}\right)_{u}`],
    ['discounted[token](logp, tau)', String.raw`\sum_{u \ge t} \tau^{u-t} \, \mathrm{logp}_{u}`],
    [
      'discounted[token](logp, 1 / tau)',
      String.raw`\sum_{u \ge t} \left(\frac{1}{\tau}\right)^{u-t} \, \mathrm{logp}_{u}`,
    ],
    ['cumsum[token](logp) * tau', String.raw`\left(\sum_{u \le t} \mathrm{logp}_{u}\right) \, \tau`],
    ['cumsum[token](logp) + tau', String.raw`\sum_{u \le t} \mathrm{logp}_{u} + \tau`],
    [
      'shift[token](logp, by: 2, fill: tau)',
      String.raw`\begin{cases} \mathrm{logp}_{t-2} & \text{if } t > 2 \\ \tau & \text{otherwise} \end{cases}`,
    ],
    [
      'shift[token](logp, by: -1, fill: 0)',
      String.raw`\begin{cases} \mathrm{logp}_{t+1} & \text{if } t \le T - 1 \\ 0 & \text{otherwise} \end{cases}`,
    ],
    [
      'quantile[token](logp, 0.9)',
      String.raw`\operatorname*{quantile}_{\text{token}}\left(\mathrm{logp}, 0.9\right)`,
    ],
  ])('%s', (text, expected) => expect(definition(text)).toBe(expected));

  test.each([
    ['x', 'x'],
    ['τ', String.raw`\tau`],
    ['ε_low', String.raw`\varepsilon_{\mathrm{low}}`],
    ['eps_low_2', String.raw`\varepsilon_{\mathrm{low\_2}}`],
    ['omega', String.raw`\omega`],
    ['tau_', String.raw`\mathrm{tau\_}`],
    ['_x', String.raw`\mathrm{\_x}`],
    ['a_b_c', String.raw`\mathrm{a\_b\_c}`],
    ['奖励_1', String.raw`\text{奖励\_1}`],
    ['é', String.raw`\text{é}`],
  ])('the name %s', (name, expected) => expect(definition(`${name} + 1`, name)).toBe(`${expected} + 1`));

  test.each(filesUnder('objectives').filter((path) => !path.startsWith('objectives/std/')))(
    '%s is well formed',
    (path) => {
      const { units, source } = analyze(read(path), path);
      const [unit] = units;
      if (unit === undefined) throw new Error('no objective');
      const text = explainLatex(explain(unit, source, 'latex')).replace(/\\[{}_#]/g, '');
      const count = (pattern: RegExp): number => (text.match(pattern) ?? []).length;
      expect(count(/\{/g)).toBe(count(/\}/g));
      expect(count(/\\left\b/g)).toBe(count(/\\right\b/g));
      expect(count(/\\begin\b/g)).toBe(count(/\\end\b/g));
      expect(text).not.toMatch(/\}\^\{[^{}]*\}\^/);
    },
  );
});
