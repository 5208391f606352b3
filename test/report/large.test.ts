/** Programs at the limits of the parser, and programs that say much in few words: all are compiled and explained. */
import { describe, expect, test } from 'vitest';
import { analyze, explain, forCode } from '../../src/compile.js';
import { explainText } from '../../src/report/explain-text.js';

const times = (count: number, part: (at: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, at) => part(at));
const total = (expression: string, ...lets: readonly string[]): string =>
  `objective large {\n model logp : token\n ${lets.join('\n ')}\n minimize sum[token in batch](${expression})\n}\n`;
const nested = (name: string, count: number, rest = ''): string =>
  `${`${name}(`.repeat(count)}logp${`${rest})`.repeat(count)}`;

const programs: Readonly<Record<string, string>> = {
  'a power of powers of a literal': total('logp * ((2 ^ 4096) ^ 4096) ^ 4096'),
  'the largest power': total('logp ^ 4096'),
  'nested squares': total(nested('square', 90)),
  'nested exponentials': total(nested('exp', 90)),
  'nested clips': total(nested('clip', 90, ', -1, 1')),
  'a minimum of a hundred': total(`min(${times(100, (at) => `${at} * logp`).join(', ')})`),
  'a sum of selections': total(times(40, (at) => `(if logp > ${at} then logp else 2 * logp)`).join(' + ')),
  'a product of selections': total(times(12, (at) => `(if logp > ${at} then logp else 2)`).join(' * ')),
  'a chain of selections': total(`${times(50, (at) => `if logp > ${at} then ${at} * logp else `).join('')}0`),
  'a long sum': total(times(500, () => 'logp').join(' + ')),
  'a long product': total(times(400, () => 'logp').join(' * ')),
  'a chain of named minima': total(
    'v99',
    ...times(100, (at) => `let v${at} = ${at === 0 ? 'logp' : `min(v${at - 1}, v${at - 1} * 2)`}`),
  ),
  'derivatives of derivatives': total(
    's',
    'let s = 2 * logp',
    'let v0 = exp(s) * sigmoid(s)',
    ...times(7, (at) => `let v${at + 1} = grad(v${at}, s)`),
  ),
  'nested sums': `objective large {\n model logp : token\n minimize sum[rollout in batch](${'sum[token](logp * '.repeat(40)}1${')'.repeat(40)})\n}\n`,
  'nested deviations': `objective large {\n model logp : token\n minimize ${'std[token in batch]('.repeat(30)}logp${')'.repeat(30)}\n}\n`,
};

describe('a large program', () => {
  test.each(Object.entries(programs))('%s', { timeout: 60_000 }, (_, text) => {
    const { units, source, diagnostics } = analyze(text);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const [unit] = units;
    if (unit === undefined) throw new Error('no objective');
    forCode(unit.program);
    for (const style of ['unicode', 'latex'] as const)
      expect(explainText(explain(unit, source, style)).length).toBeLessThan(500_000);
  });
});

test('a formula that nobody would read is not written out', () => {
  const { units, source } = analyze(total('logp ^ 4096'));
  const [unit] = units;
  const cases = unit === undefined ? [] : explain(unit, source, 'unicode').losses[0]?.gradients[0]?.cases;
  expect(cases).toEqual([{ value: '… (too long to write out: name its parts with `let`)' }]);
});
