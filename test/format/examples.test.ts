/** Hand-written texts before and after: what the layout is. Each file holds both, and says what it shows. */
import { describe, expect, test } from 'vitest';
import { filesUnder, read } from '../sources.js';
import { format } from '../../src/format/format.js';
import { formatted } from './programs.js';

const files = filesUnder('test/format/examples');

describe('examples', () => {
  test.each(files)('%s', (path) => {
    const [, before = '', after = ''] = /^──── before\n(.*)^──── after\n(.*)$/ms.exec(read(path)) ?? [];
    expect(formatted(before)).toBe(after);
    expect(formatted(after)).toBe(after);
  });
});

test.each([
  ['nothing', '', ''],
  ['blanks alone', ' \n\n\t\n', ''],
  ['a comment alone', '\n\n  # a  ', '# a\n'],
  ['a byte-order mark', '\uFEFFobjective a{}', 'objective a {}\n'],
  ['a byte-order mark before a comment', '\uFEFF# a\r\nobjective a{}', '# a\nobjective a {}\n'],
  ['old line ends', '# a\robjective a{}\r\r\r# b\r', '# a\nobjective a {}\n\n# b\n'],
  ['no line end', 'objective a {}', 'objective a {}\n'],
  ['many line ends', 'objective a {}\n\n\n', 'objective a {}\n'],
  ['names in another form', 'objective e\u0301 {}', 'objective \u00e9 {}\n'],
  [
    'strings and comments in another form',
    'objective a "e\u0301" {} # e\u0301',
    'objective a "e\u0301" {}  # e\u0301\n',
  ],
  ['numbers', 'objective a{let x=1.e-06+0010.50}', 'objective a {\n  let x = 1.e-06 + 0010.50\n}\n'],
])('%s', (_, before, after) => {
  expect(formatted(before)).toBe(after);
});

test.each([
  ['E0109', 'objective a { let x 1 }'],
  ['E0101', 'objective a { let x = 1; }'],
  ['E0105', 'objective a { let x = a && b }'],
  ['E0115', 'objective a { let x = 1 < 2 < 3 }'],
  ['E0119', 'objective a { let x = 1 + if p then 1 else 2 }'],
  ['E0190', 'v 0 0 0\nf 1 2 3\n'],
  ['E0191', 'MZ\u0000'],
])('%s is not formatted: %s', (code, text) => {
  const result = format(text, 'a.obj');
  expect('diagnostics' in result ? result.diagnostics.map((one) => one.code) : []).toContain(code);
});

test.each(filesUnder('objectives').filter((path) => path.endsWith('.obj')))('%s is formatted', (path) => {
  expect(formatted(read(path))).toBe(read(path));
});

test('the page about formatting shows the layout', () => {
  const blocks = [...read('docs/formatting.md').matchAll(/^```obj[^\n]*\n(.*?)^```$/gms)].map(
    ([, block = '']) => block,
  );
  expect(blocks.length).toBeGreaterThanOrEqual(2);
  for (const block of blocks) expect(formatted(block)).toBe(block);
});
