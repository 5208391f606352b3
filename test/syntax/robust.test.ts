/** Broken programs: every truncation and every mutation of the right ones. Nothing throws, hangs or speaks Chevrotain. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lex } from '../../grammar/lexer.js';
import { syntaxRules } from '../../src/syntax/rules/index.js';
import { renderFrame } from '../../src/base/frame.js';
import { source } from '../../src/base/source.js';
import { parse } from '../../src/syntax/parse.js';
import { DEFAULT_WORDING, codes, parseText } from './render.js';
import { programs } from './programs.js';

const known = new Set(syntaxRules.map(({ code }) => code));

function examine(text: string): void {
  const original = source('test.obj', text);
  const { file, diagnostics } = parse(original);
  for (const one of diagnostics) {
    const spans = [one.primary, ...one.secondary].map(({ span }) => span);
    const outside = spans.filter(
      ({ start, end }) => !(start >= 0 && start <= end && end <= original.text.length),
    );
    if (outside.length > 0 || !known.has(one.code)) expect.fail(`bad span or code ${one.code} for:\n${text}`);
  }
  // The tree must be whole: plain data without holes.
  if (JSON.stringify(file).includes('null')) expect.fail(`hole in the tree of:\n${text}`);
  const shown = diagnostics.map((one) => renderFrame(original, one)).join('\n');
  const own = shown.replace(/^ *\d* *│.*$/gm, (line) => (/^ *│/.test(line) ? line : ''));
  if (DEFAULT_WORDING.test(own)) expect.fail(`default wording:\n${shown}`);
}

const replacements = [
  'let',
  ')',
  '(',
  ']',
  '[',
  '}',
  '{',
  ',',
  ':',
  '=',
  '==',
  '+',
  'not',
  'if',
  'else',
  'in',
  'x',
  '1',
  '"s"',
  'is',
];

describe.each(programs.map((text) => ({ text, name: text.slice(0, 40) })))('$name', ({ text }) => {
  const { tokens } = lex(text);

  test('is right', () => {
    expect(codes(text)).toEqual([]);
    expect(tokens.length).toBeGreaterThan(100);
  });

  test('truncated at every token', () => {
    const last = tokens[tokens.length - 1];
    for (const token of tokens) {
      const cut = text.slice(0, token.startOffset);
      examine(cut);
      if (token !== last && token !== tokens[0]) expect(codes(cut)).not.toEqual([]);
    }
  });

  test('each token deleted, duplicated, replaced', () => {
    // Each token is replaced by every fourth of the replacements, each time others.
    for (const [index, { startOffset: start, image }] of tokens.entries()) {
      const [before, after] = [text.slice(0, start), text.slice(start + image.length)];
      examine(before + after);
      examine(`${before}${image} ${image}${after}`);
      for (let at = index % 4; at < replacements.length; at += 4)
        examine(`${before} ${replacements[at] ?? ''} ${after}`);
    }
  }, 120_000);
});

test('any text at all', () => {
  const piece = fc.constantFrom(
    ...replacements,
    'objective',
    '\n',
    '#',
    '"',
    '?',
    'verify',
    'mean',
    '&&',
    '\u0301',
    '𝜏',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(piece, { maxLength: 60 }).map((all) => all.join(' ')),
      ),
      examine,
    ),
    { numRuns: 1500, seed: 7 },
  );
});

describe('depth', () => {
  const inside = (body: string): string => `objective a { let x = ${body} }`;
  const nest = (count: number): string => inside(`${'('.repeat(count)}1${')'.repeat(count)}`);

  test('100 levels are read', () => {
    expect(codes(nest(100))).toEqual([]);
    expect(codes(inside(`${'mean[token where ('.repeat(33)}1${')](x)'.repeat(33)}`))).toEqual([]);
    expect(codes(inside(`${'if p then 1 else '.repeat(100)}2`))).toEqual([]);
    expect(codes(inside(`${'- '.repeat(400)}2`))).toEqual([]);
  });

  test.each([
    ['parentheses', nest(2000)],
    ['open parentheses', inside('('.repeat(100_000))],
    ['calls', inside('f('.repeat(2000))],
    ['indices', inside('mean[token where '.repeat(2000))],
    ['conditionals', inside('if '.repeat(2000))],
    ['signs', inside(`${'-'.repeat(20_000)}1`)],
    ['negations', inside(`${'not '.repeat(2000)}p`)],
    ['powers', inside(`2${' ^ 2'.repeat(2000)}`)],
    ['sums', inside(`1${' + 1'.repeat(20_000)}`)],
  ])('too many %s are refused', (_, text) => {
    expect(codes(text)).toEqual(['E0120']);
  });
});

describe('size', () => {
  const line = '  let x = clip(ratio, 1 - eps, 1 + eps) * mean[token in batch](beta * kl)  # why\n';
  const slips = [
    '  let x = clip(a b, ) + ) let 1\n',
    '; ? ',
    '  x = 1\n',
    'let ',
    '"\n',
    'objective a { ',
    '“',
    "' ",
  ];

  test('a long text is read to its end', () => {
    const text = `objective a {\n${line.repeat(13_000)}}`;
    const { file, diagnostics } = parseText(text);
    expect(file.objectives.flatMap(({ items }) => items)).toHaveLength(13_000);
    expect(diagnostics).toEqual([]);
  });

  test('a few mistakes in a long text are all found', () => {
    const wrong = '  let x = clip(a b)\n';
    const { diagnostics } = parseText(`objective a {\n${(line.repeat(130) + wrong).repeat(90)}}`);
    expect(diagnostics.map(({ code, notes }) => [code, notes.length])).toEqual(Array(90).fill(['E0109', 0]));
  });

  test.each(slips)('of %j again and again, the first are told, and that the rest was not read', (slip) => {
    const { diagnostics } = parseText(`objective a {\n${slip.repeat(Math.ceil(100_000 / slip.length))}`);
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics.length).toBeLessThanOrEqual(200);
    const isLast = diagnostics.map(({ notes }) => notes.join().startsWith('what follows was not read'));
    expect(isLast).toEqual(diagnostics.map((_, at) => at === diagnostics.length - 1));
  });

  test('a comment of another language that nothing closes is told once', () => {
    expect(codes(`objective a { } ${'/* '.repeat(30_000)}`)).toEqual(['E0105']);
  });

  test('a long text that is no objective gets one answer', () => {
    expect(codes(line.repeat(13_000))).toHaveLength(1);
  });
});
