/** Right programs with one thing wrong, each at a share of its tokens: always an answer, always in our own words. */
import { describe, expect, test } from 'vitest';
import { lex } from '../../grammar/lexer.js';
import { hasErrors, type Diagnostic } from '../../src/base/diagnostic.js';
import { source } from '../../src/base/source.js';
import { analyze } from '../../src/compile.js';
import { kinds } from '../../src/kinds.js';
import { diagnosticsText } from '../../src/report/diagnostics-text.js';
import { formatted } from '../format/programs.js';
import { randomFrom } from '../property/batches.js';
import { DEFAULT_WORDING } from '../syntax/render.js';
import { right, type CorpusProgram } from './programs.js';

const known: ReadonlySet<string> = new Set(kinds.map(({ code }) => code));

/** What stands where no right program has it. */
const HOSTILE = [
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
  '->',
  '-',
  '+',
  '^',
  '%',
  '0',
  '1e999',
  '.5',
  'inf',
  'not',
  'if',
  'then',
  'else',
  'let',
  'objective',
  'def',
  'import',
  'in',
  'where',
  'as',
  'token',
  'vocab',
  'others',
  'grad',
  'mean',
  'mask',
  'local',
  'true',
  '"s',
  '"s"',
  '#',
  '\u0301',
  '😀',
  '\u0000',
  '\n}\n',
];

/** Why a diagnostic is not as it should be. */
function faultOf(
  { code, title, primary, secondary, hint, notes }: Diagnostic,
  length: number,
): string | undefined {
  if (!known.has(code)) return 'unknown code';
  // A name is as long as its author wants.
  const plain = title.replace(/`[^`]*`/g, '`name`');
  if (plain.length >= 60 || /[.!]$|^[A-Z]/.test(plain)) return `title: ${title}`;
  const labels = [primary, ...secondary];
  const isOutside = labels.some(
    ({ span: { start, end, origin } }) =>
      origin !== undefined || !(start >= 0 && start <= end && end <= length),
  );
  if (isOutside) return 'a span outside of the text';
  const said = [title, ...labels.map(({ text }) => text), hint ?? '', ...notes].join('\n');
  return DEFAULT_WORDING.test(said) ? `default wording: ${said}` : undefined;
}

/** Whether the mutant is right. */
function examine(text: string, { name, resolve }: CorpusProgram): boolean {
  const { units, diagnostics, source: own } = analyze(text, name, resolve);
  for (const one of diagnostics) {
    const fault = faultOf(one, own.text.length);
    if (fault !== undefined) expect.fail(`${one.code}: ${fault}\n${text}`);
  }
  if (diagnosticsText([{ source: own, diagnostics }]).includes('undefined:')) expect.fail(text);
  if (hasErrors(diagnostics)) return false;
  for (const { program } of units) {
    for (const { loss } of program.losses) expect(loss.type).toEqual({ kind: 'real', level: 'batch' });
  }
  const once = formatted(text);
  if (formatted(once) !== once) expect.fail(`formatted twice is something else:\n${text}`);
  return true;
}

interface Piece {
  readonly start: number;
  readonly end: number;
}
const piecesOf = (text: string): readonly Piece[] =>
  lex(text).tokens.map(({ startOffset: start, image }) => ({ start, end: start + image.length }));

type Mutation = (text: string, pieces: readonly Piece[], at: number, random: () => number) => string;

const chosen = <Value>(values: readonly Value[], random: () => number): Value | undefined =>
  values[Math.floor(random() * values.length)];
const withPiece = (text: string, { start, end }: Piece, put: string): string =>
  text.slice(0, start) + put + text.slice(end);
const imageOf = (text: string, piece: Piece | undefined): string =>
  piece === undefined ? '' : text.slice(piece.start, piece.end);

/** Each at one token in twelve of every program. */
const everywhere: Readonly<Record<string, Mutation>> = {
  truncated: (text, pieces, at) => text.slice(0, pieces[at]?.start),
  deleted: (text, pieces, at) => withPiece(text, pieces[at] ?? { start: 0, end: 0 }, ''),
};
/** One of them at each token, another at the next. */
const inTurn: readonly Mutation[] = [
  (text, pieces, at) => {
    const piece = pieces[at] ?? { start: 0, end: 0 };
    return withPiece(text, piece, `${imageOf(text, piece)} ${imageOf(text, piece)}`);
  },
  (text, pieces, at) => {
    const [piece, next] = [pieces[at] ?? { start: 0, end: 0 }, pieces[at + 1]];
    if (next === undefined) return text;
    const between = text.slice(piece.end, next.start);
    return withPiece(
      text,
      { start: piece.start, end: next.end },
      `${imageOf(text, next)}${between || ' '}${imageOf(text, piece)}`,
    );
  },
  (text, pieces, at) =>
    withPiece(text, pieces[at] ?? { start: 0, end: 0 }, imageOf(text, pieces[at + 1] ?? pieces[at - 1])),
  (text, pieces, at, random) =>
    withPiece(text, pieces[at] ?? { start: 0, end: 0 }, imageOf(text, chosen(pieces, random))),
  (text, pieces, at, random) =>
    withPiece(text, pieces[at] ?? { start: 0, end: 0 }, ` ${chosen(HOSTILE, random) ?? ''} `),
  (text, pieces, at, random) =>
    withPiece(
      text,
      pieces[at] ?? { start: 0, end: 0 },
      ` ${imageOf(text, pieces[at])} ${chosen(HOSTILE, random) ?? ''} `,
    ),
];

let rightMutants = 0;

describe.each(right)('$name', (program) => {
  const { text } = source(program.name, program.text);
  const pieces = piecesOf(text);

  test.each(Object.entries(everywhere).map(([name, mutation], turn) => ({ name, mutation, turn })))(
    '$name at every twelfth token',
    ({ mutation, turn }) => {
      pieces.forEach((_piece, at) => {
        if ((at + pieces.length) % 12 !== 6 * turn) return;
        const mutant = mutation(text, pieces, at, () => 0);
        if (examine(mutant, program)) rightMutants += 1;
      });
    },
  );

  test('doubled, swapped, replaced at every fourth token', () => {
    const random = randomFrom(pieces.length);
    const first = Math.floor(random() * inTurn.length);
    pieces.forEach((_piece, at) => {
      if ((at + pieces.length) % 4 !== 0) return;
      const mutation = inTurn[(first + Math.floor(at / 4)) % inTurn.length];
      if (mutation !== undefined && examine(mutation(text, pieces, at, random), program)) rightMutants += 1;
    });
  });
});

test('some mutants are right, and went the whole way', () => {
  expect(rightMutants).toBeGreaterThan(100);
});
