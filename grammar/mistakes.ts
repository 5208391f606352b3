/** Spellings from other languages and from papers, lexed so that a parse can go on and say what to write instead. */
import { createToken, type TokenType } from 'chevrotain';
import * as t from './tokens.js';

export interface Mistake {
  readonly type: TokenType;
  /** What the parser reads in its place; nothing for what is read over, as comments are. */
  readonly standsFor?: TokenType;
  readonly about: 'operator' | 'number' | 'string' | 'open string' | 'comment';
  /** What to write instead. */
  readonly write: string;
}

let count = 0;
const mistake = (
  pattern: RegExp,
  standsFor: TokenType | undefined,
  write: string,
  about: Mistake['about'] = 'operator',
): Mistake => {
  count += 1;
  const type = createToken({
    name: `Mistake${count}`,
    pattern,
    line_breaks: about === 'comment',
    ...(standsFor === undefined ? { group: 'mistakes' } : {}),
  });
  return { type, about, write, ...(standsFor === undefined ? {} : { standsFor }) };
};

/** Tried before the proper tokens, in this order. */
export const mistakes: readonly Mistake[] = [
  mistake(/\/\/[^\n]*/, undefined, '#', 'comment'),
  // To the end of the text, where nothing closes it.
  mistake(/\/\*[^]*?(?:\*\/|(?![^]))/, undefined, '#', 'comment'),
  mistake(/===/, t.EqualEqual, '=='),
  mistake(/!==/, t.NotEqual, '!='),
  mistake(/<>/, t.NotEqual, '!='),
  mistake(/≠/, t.NotEqual, '!='),
  mistake(/=>/, t.GreaterEqual, '>='),
  mistake(/[≥⩾]/, t.GreaterEqual, '>='),
  mistake(/=</, t.LessEqual, '<='),
  mistake(/[≤⩽]/, t.LessEqual, '<='),
  mistake(/:=/, t.Equals, '='),
  mistake(/→/, t.Arrow, '->'),
  mistake(/&&?|∧/, t.keyword.and, 'and'),
  mistake(/\|\|?|∨/, t.keyword.or, 'or'),
  mistake(/!(?!=)|¬/, t.keyword.not, 'not'),
  mistake(/\*\*/, t.Caret, '^'),
  mistake(/%/, t.Star, ''),
  mistake(/[−–—]/, t.Minus, '-'),
  mistake(/[×·⋅∗]/, t.Star, '*'),
  mistake(/÷/, t.Slash, '/'),
  mistake(/∞/, t.keyword.inf, 'inf'),
  mistake(/∈/, t.keyword.in, 'in'),
  mistake(/'[^'"\n]*'|[“”][^“”"\n]*[“”"]/, t.StringToken, '"', 'string'),
  mistake(/\.[0-9]+(?:[eE][+-]?[0-9]+)?/, t.NumberToken, '', 'number'),
  mistake(/[0-9]+(?:\.[0-9]*)?[eE](?:[+-](?![0-9])|(?![0-9A-Za-z_+-]))/, t.NumberToken, '', 'number'),
];

/** Tried after the proper string, which it begins. */
export const openString: Mistake = mistake(/["“][^"\n]*/, t.StringToken, '"', 'open string');

const byType: ReadonlyMap<TokenType, Mistake> = new Map(
  [...mistakes, openString].map((one) => [one.type, one]),
);

/** The mistake that a token type is, if it is one. */
export const mistakeOf = (type: TokenType): Mistake | undefined => byType.get(type);
