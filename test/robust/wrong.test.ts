/** A megabyte of anything, checked as a user would: an answer or a clear error, and never more than anyone reads. */
import { expect, test } from 'vitest';
import { terminal } from '../cli/terminal.js';

const SIZE = 1_000_000;
const fill = (part: string): string => part.repeat(Math.ceil(SIZE / part.length));
const minimal = (item: string): string =>
  `objective a {\n  model logp : token\n${item}\n  minimize mean[token in batch](-logp)\n}\n`;

/** A small linear congruential generator: the same bytes in every run. */
function bytes(first: number): Uint8Array {
  let state = 7;
  return Uint8Array.from({ length: SIZE }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return first + (Math.floor(state / 65536) % (256 - first));
  });
}

/** What the command prints contains this, with this exit code. */
type Answer = readonly [number, string];
const texts: Readonly<Record<string, readonly [string | Uint8Array, Answer]>> = {
  'a comment': [minimal(`  # ${fill('x')}`), [0, '✓ 1 objective']],
  'lines of comments': [minimal(fill('  # x\n')), [0, '✓ 1 objective']],
  'blanks and line ends of Windows': [minimal(fill(' \r\n')), [0, '✓ 1 objective']],
  'right objectives on one line': [
    fill('objective a { model logp : token minimize mean[token in batch](-logp) } '),
    [1, 'error[E0202]'],
  ],
  'a string': [minimal(`  verify "${fill('x')}" : 1 <= 2`), [0, '✓ 1 objective']],
  'an open string': [minimal(`  verify "${fill('x')}`), [1, 'error[E0102]']],
  'a name': [minimal(`  let ${fill('x')} = logp`), [0, 'is never used']],
  digits: [minimal(`  metric m = ${fill('1')}`), [1, 'number is too long']],
  decimals: [minimal(`  metric m = 0.${fill('1')}`), [1, 'number is too long']],
  zeros: [minimal(`  metric m = ${fill('0')}`), [1, 'number is too long']],
  'an exponent': [minimal(`  metric m = 1e${fill('9')}`), [1, 'error[E0406]']],
  'open brackets': [minimal(`  metric m = ${fill('(')}`), [1, 'error[E0120]']],
  'closed brackets': [fill(')'), [1, 'error[E0121]']],
  signs: [minimal(`  metric m = ${fill('-')}1`), [1, 'error[E0120]']],
  conditionals: [minimal(`  metric m = ${fill('if true then 1 else ')}0`), [1, 'error[E0120]']],
  negations: [minimal(`  assume ${fill('not ')}true`), [1, 'error[E0120]']],
  'a sum': [minimal(`  metric m = 1${fill(' + 1')}`), [1, 'error[E0120]']],
  keywords: [minimal(fill('let ')), [1, 'what follows was not read']],
  'unknown characters': [fill('; ? '), [1, 'what follows was not read']],
  'combining marks': [fill('\u0301'), [1, 'error[E0101]']],
  'another language': [
    fill('def f(x):\n    return torch.exp(x - y) if x > 0 else None\n'),
    [1, 'what follows was not read'],
  ],
  prose: [
    fill('This is no objective at all, but prose (with brackets), and so on.\n'),
    [1, 'what follows was not read'],
  ],
  'open comments of C': [fill('/* '), [1, 'error[E0105]']],
  'characters beyond the basic plane': [
    minimal(fill('  let 𝜏 = 1\n').slice(0, 200_000)),
    [1, 'error[E0202]'],
  ],
  'bytes with zeros': [bytes(0), [1, 'error[E0191]']],
  bytes: [bytes(1), [2, 'is not UTF-8 text']],
};

test.each(Object.entries(texts))('%s', { timeout: 120_000 }, async (_, [content, [code, said]]) => {
  const { veriloss } = terminal({ 'a.obj': content });
  const { stdout, stderr, code: exit } = await veriloss('check a.obj');
  expect(stdout + stderr).toContain(said);
  expect(exit).toBe(code);
  expect(stderr).not.toContain('internal error');
});

test('a byte-order mark and line ends of Windows change nothing', async () => {
  const { veriloss } = terminal({ 'a.obj': `\uFEFF${minimal('').replaceAll('\n', '\r\n')}` });
  expect((await veriloss('check a.obj')).code).toBe(0);
});
