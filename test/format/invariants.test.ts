/** What formatting never does, on every program of the repository and on programs with blanks and comments strewn in. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lex } from '../../grammar/lexer.js';
import { source } from '../../src/base/source.js';
import { format } from '../../src/format/format.js';
import { commentsOf, formatted, meaning, right, tokensOf, wrong, type Program } from './programs.js';

/** Everything that must hold of a text and its canonical form. */
function examine(text: string): void {
  const once = formatted(text);
  expect(formatted(once)).toBe(once);
  // Spans, and with them what is read at all, are of the text with its line ends made LF.
  const given = source('', text).text;
  expect(tokensOf(once)).toEqual(tokensOf(given));
  expect(commentsOf(once)).toEqual(commentsOf(given));
  expect(meaning(once)).toBe(meaning(given));
  expect(once).toMatch(/^(?:[^\n](?:.*[^\n])?\n)?$/s);
  expect(once).not.toMatch(/\r|\uFEFF|[ \t]\n|\n\n\n/);
}

test('there are programs to look at', () => {
  expect(right.length).toBeGreaterThan(200);
  expect(wrong.length).toBeGreaterThan(80);
});

test.each(right.map((program, at) => ({ ...program, at })))('$name', ({ text, at }) => {
  examine(text);
  if (at % 4 === 0) examine(`\uFEFF${source('', text).text.replaceAll('\n', '\r\n')}`);
});

test.each(wrong)('$name has mistakes of syntax: they are told, and nothing is changed', ({ text }) => {
  const result = format(text, 'wrong.obj');
  if (!('diagnostics' in result)) return expect.fail('it was formatted');
  expect(result.diagnostics.map(({ code }) => code)).not.toEqual([]);
  expect(result.diagnostics.every(({ code }) => code.startsWith('E01'))).toBe(true);
});

/** What may stand between any two tokens. */
const blank = fc.oneof(
  { weight: 20, arbitrary: fc.constant(' ') },
  {
    weight: 6,
    arbitrary: fc.constantFrom('\n', '\n\n', '\n \t\n\n  ', '\t', '\r\n', '\u00a0', '\u200b ', '   '),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', ' ', '\n', '\n\n', '\n\u200b'),
        fc.array(
          fc.tuple(
            fc.constantFrom('# a', '#', '#  b  ', '# paper: c', '# "d', '#e {'),
            fc.constantFrom('\n', '\n\n', '\n   \n\n'),
          ),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
      )
      .map(([lead, lines]) => lead + lines.map(([comment, end]) => comment + end).join('')),
  },
);

const NAME_LIKE = /[\p{L}\p{M}\p{Nd}_.]/u;

/** The tokens of a program with other blanks and comments between them. */
function strewn({ text }: Program): fc.Arbitrary<string> {
  const images = lex(text).tokens.map(({ image }) => image);
  return fc
    .array(blank, { minLength: images.length + 1, maxLength: images.length + 1 })
    .map(
      (blanks) =>
        images.map((image, at) => (blanks[at] ?? ' ') + image).join('') + (blanks[images.length] ?? ''),
    );
}

/** The tokens of a program with as little as possible between them. */
const squeezed = ({ text }: Program): string =>
  lex(text)
    .tokens.map(({ image }) => image)
    .reduce((so, image) => so + (needsBlank(so, image) ? ' ' : '') + image, '');

const needsBlank = (so: string, image: string): boolean =>
  (NAME_LIKE.test(so.slice(-1)) && NAME_LIKE.test(image.charAt(0))) ||
  (/[-=<>!]$/.test(so) && /^[-=<>]/.test(image));

describe('anything between tokens', () => {
  const programs = right.filter(({ name }) => !/E\d{4}/.test(name));
  test.each(programs)('$name', (program) => {
    examine(squeezed(program));
    fc.assert(fc.property(strewn(program), examine), { numRuns: 3, seed: 11 });
  });

  test('many times over the forms of the grammar', () => {
    for (const program of right.filter(({ name }) => name.startsWith('grammar') || name === 'unusual'))
      fc.assert(fc.property(strewn(program), examine), { numRuns: 60, seed: 5 });
  }, 120_000);

  test('the lines of the author leave no trace', () => {
    for (const program of programs)
      expect(formatted(tokensOf(program.text).join('\n'))).toBe(formatted(squeezed(program)));
  });
});

describe('size', () => {
  const inside = (body: string): string => `objective a {\n  let x = ${body}\n}\n`;
  const many = (count: number, line: (at: number) => string): string =>
    `objective a {\n${Array.from({ length: count }, (_, at) => line(at)).join('\n')}\n}\n`;
  test.each([
    ['parentheses', inside(`${'('.repeat(100)}1${')'.repeat(100)}`)],
    ['calls', inside(`${'call(argument + '.repeat(100)}1${', other)'.repeat(100)}`)],
    ['indices', inside(`${'mean[token where ('.repeat(33)}p${')](x)'.repeat(33)}`)],
    ['conditionals in `else`', inside(`${'if p then 1 else '.repeat(100)}2`)],
    ['conditionals in `then`', inside(`${'if p then '.repeat(100)}2${' else 1'.repeat(100)}`)],
    ['conditionals in conditions', inside(`${'if '.repeat(100)}p${' then p else q'.repeat(100)}`)],
    ['signs', inside(`${'- '.repeat(400)}2`)],
    ['powers', inside(`2${' ^ 2'.repeat(400)}`)],
    ['terms', inside(`first${' + quite_a_long_name'.repeat(400)}`)],
    ['arguments', inside(`f(${'argument, '.repeat(10_000)}1)`)],
    ['values of a domain', `objective a { param x in {${'1, '.repeat(10_000)}2} }`],
    ['letters of a name', inside('a'.repeat(10_000))],
    ['letters of a label', `objective a { verify "${'a'.repeat(10_000)}" : x > 0 }`],
    ['letters of a comment', inside(`1 # ${'a'.repeat(10_000)}`)],
    ['lets', many(4000, (at) => `let x${at} = clip(x, 1 - eps, 1 + eps) # why`)],
    ['documented lets', many(1000, (at) => `# why\nlet x${at} = clip(x, 1 - eps, 1 + eps)`)],
    ['claims', many(3000, (at) => `verify "number ${at}" for a > ${at} : abs(w) is bounded`)],
  ])('many %s', (_, text) => {
    const once = formatted(text);
    expect(tokensOf(once)).toEqual(tokensOf(text));
    expect(commentsOf(once)).toEqual(commentsOf(text));
    expect(formatted(once)).toBe(once);
  });
});
