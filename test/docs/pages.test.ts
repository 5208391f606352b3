/**
 * Every fenced block of README.md and docs/ is what the words after its fence say. A page is read from top to bottom, in
 * a folder of its own that holds `objectives/`:
 *
 *     obj               a whole file: no error, no warning and no note but pedantic ones
 *     obj items         items in an objective that declares the usual inputs (`fragment.ts`); definitions go before it
 *     obj error CODE    a whole file that yields exactly this code; `obj items error CODE` for items
 *     obj expr LEVEL    one expression a line, each at this level
 *     json batch        fits the objective before it
 *     json              is JSON
 *     sh                lines that begin with `veriloss`, `npx veriloss` or `cat FILE | veriloss` run, and so does
 *                       `node FILE`; they end with exit code 0 or what `exit=N` says; other lines are left alone
 *     text              directly after such commands: what they print, where a line `…` stands for any number of lines
 *     file=NAME         after the language: what the file of this name holds from here on
 *
 * Blocks of the languages that `page-checker.ts` lists are left alone. Words that are none of these are a mistake.
 */
import { describe, expect, test } from 'vitest';
import { filesUnder, read } from '../sources.js';
import { blocksOf } from './blocks.js';
import { complaints, difference } from './page-checker.js';

const pages = ['README.md', ...filesUnder('docs').filter((path) => path.endsWith('.md'))];

/** Commands of pages that cannot run here, and why; a command that runs after all is a mistake. */
const FAILS: Readonly<Record<string, readonly string[]>> = {
  // The results are those of a program in another language.
  'docs/conformance.md': [
    'veriloss conform objectives/grpo.obj --vectors vectors/grpo --against results.json',
  ],
};

test.each(pages)('%s', async (path) => {
  expect(await complaints(read(path), FAILS[path])).toEqual([]);
});

test('the manual and the tutorial hold blocks of every kind', () => {
  const blocks = ['docs/language.md', 'docs/tutorial.md'].flatMap((path) => blocksOf(read(path)));
  const forms = new Set(
    blocks.map(({ info }) =>
      info
        .slice(0, 2)
        .join(' ')
        .replace(/ ?file=.*/, ''),
    ),
  );
  expect([...forms]).toEqual(
    expect.arrayContaining(['obj', 'obj items', 'obj error', 'obj expr', 'json batch', 'sh', 'text']),
  );
});

const RIGHT = `objective right {
  model logp : token
  data reward : rollout in {0, 1}
  minimize mean[token in batch](-reward * logp)
}`;
const block = (info: string, text: string): string => `\`\`\`${info}\n${text}\n\`\`\`\n`;

describe('what is wrong with a page is found', () => {
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['no language', block('', 'x'), /no block is ``/],
    ['another language', block('obj itmes', 'let x = 1'), /no block is `obj itmes`/],
    ['a word too many', block('obj error E0201 E0202', RIGHT), /no block is/],
    ['a wrong file', block('obj', 'objective a {}'), /expected a right program, found E0312/],
    ['a warning', block('obj', RIGHT.replace('-reward *', '-')), /found W0202/],
    ['wrong items', block('obj items', 'let x = y'), /found E0201/],
    [
      'a warning in items',
      block('obj items', 'metric m = mean[rollout in batch](1 / count[token])'),
      /found W0401/,
    ],
    ['items that are right after all', block('obj items error E0201', 'let x = 1'), /found nothing/],
    ['another code', block('obj items error E0202', 'let x = y'), /expected E0202, found E0201/],
    ['one code of two', block('obj items error E0201', 'let x = y\nlet z = sum(1)'), /E0201 E0206/],
    ['a pedantic code of none', block('obj items error W0402', 'let x = 1'), /expected W0402, found nothing/],
    ['another level', block('obj expr token', 'logp\nreward'), /expected token, found rollout: reward/],
    ['a wrong expression', block('obj expr token', 'nothing'), /expected token, found E0201/],
    ['no expression', block('obj expr token', '# none'), /found none/],
    ['a batch by itself', block('json batch', '{}'), /no objective stands before/],
    ['a batch that lacks an input', block('obj', RIGHT) + block('json batch', '{"group": [0]}'), /mask|logp/],
    ['JSON with a comma too many', block('json', '[1,]'), /SyntaxError/],
    ['a command that fails', block('sh', 'veriloss check none.obj'), /expected exit code 0, found 2/],
    ['a command that does not fail', block('sh exit=1', 'npx veriloss --version'), /expected exit code 1/],
    ['a command without an end', block('sh', 'veriloss check --watch'), /never ends/],
    ['a program that fails', block('js file=a.mjs', 'x') + block('sh', 'node a.mjs'), /ReferenceError/],
    ['other output', block('sh', 'veriloss --version') + block('text', 'x'), /not what is printed: x/],
    [
      'a file that changed',
      block('obj file=a.obj', RIGHT) + block('sh', 'veriloss check a.obj # fine') + block('text', 'no'),
      /✓ 1 objective checked/,
    ],
  ];
  test.each(wrong)('%s', async (_name, page, expected) => {
    expect((await complaints(page)).join('\n')).toMatch(expected);
  });

  test('a command that was said to fail, and does not', async () => {
    const page = block('sh', 'veriloss --version');
    expect(await complaints(page, ['veriloss --version'])).toEqual(['1: runs after all: veriloss --version']);
  });

  test('a block without an end', () => {
    expect(() => blocksOf('text\n```obj\n')).toThrow('the block at line 2 is never closed');
  });
});

describe('output', () => {
  const printed = 'one\ntwo  \nthree in 41 ms\nfour\n';
  test.each([
    'one\ntwo\nthree in 3 ms\nfour',
    '…\nfour',
    'one\n…',
    'one\n…\nfour',
    '…\ntwo\n…',
    '…',
    'one\n…\ntwo\nthree in 1.5 s\nfour',
  ])('%j is what is printed', (shown) => {
    expect(difference(shown, printed)).toBeUndefined();
  });
  test.each(['one', 'one\ntwo', 'one\nfour', '…\ntwo', 'four\n…', '…\nfour\n…\ntwo\n…', '.*\n…', ''])(
    '%j is not what is printed',
    (shown) => {
      expect(difference(shown, printed)).toMatch(/^not what is printed/);
    },
  );
});

test('blocks in lists lose the indent of the list, and longer fences hold shorter ones', () => {
  const page = '- a\n\n  ```obj file=a.obj\n  x\n\n    y\n  ```\n\n````text\n```\nin\n```\n````\n';
  expect(blocksOf(page)).toEqual([
    { line: 3, info: ['obj', 'file=a.obj'], text: 'x\n\n  y\n' },
    { line: 9, info: ['text'], text: '```\nin\n```\n' },
  ]);
});
