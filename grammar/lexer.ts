/** Text to tokens, comments aside. It never fails: characters that belong to no token are listed. */
import { Lexer, type IToken } from 'chevrotain';
import { mistakes, openString } from './mistakes.js';
import * as t from './tokens.js';

export type Token = IToken;

export interface Lexed {
  readonly tokens: readonly Token[];
  readonly comments: readonly Token[];
  /** Tokens of other languages that are read over (`//` comments). */
  readonly skipped: readonly Token[];
  /** Runs of characters that no token begins with. */
  readonly unknown: readonly { readonly start: number; readonly end: number }[];
}

/** Every token type, in the order in which they are tried; the parser takes the same list. */
export const vocabulary = [
  t.Blank,
  t.Comment,
  ...mistakes.map((one) => one.type),
  t.StringToken,
  openString.type,
  t.NumberToken,
  ...t.operators,
  ...t.punctuation,
  ...t.words,
  t.Name,
  t.Unknown,
];

/** Checking the patterns takes longer than reading most programs, so only a test asks for it. */
export const buildLexer = (skipValidations: boolean): Lexer =>
  new Lexer(vocabulary, { positionTracking: 'onlyOffset', ensureOptimizations: true, skipValidations });

const lexer = buildLexer(true);

/** Splits a text into tokens. */
export function lex(text: string): Lexed {
  const { tokens, groups } = lexer.tokenize(text);
  return {
    tokens,
    comments: groups.comments ?? [],
    skipped: groups.mistakes ?? [],
    unknown: runs(groups['unknown'] ?? []),
  };
}

/** Neighbours that touch, as one. */
function runs(tokens: readonly Token[]): Lexed['unknown'] {
  const found: { readonly start: number; end: number }[] = [];
  for (const { startOffset: start, image } of tokens) {
    const last = found.at(-1);
    if (last?.end === start) last.end += image.length;
    else found.push({ start, end: start + image.length });
  }
  return found;
}
