/** The token table: name, pattern, the label that messages use, the highlight class. It knows no rule of the grammar. */
import { createToken, Lexer, type TokenType } from 'chevrotain';
import { anyStart, matchName, nameStarts } from './names.js';

export type Highlight =
  | 'keyword'
  | 'level'
  | 'word'
  | 'constant'
  | 'operator'
  | 'punctuation'
  | 'number'
  | 'string'
  | 'name'
  | 'comment';

/** Keywords that begin an item of an objective. */
export const ITEM_KEYWORDS = [
  'param',
  'model',
  'data',
  'tag',
  'let',
  'minimize',
  'maximize',
  'metric',
  'assume',
  'verify',
  'refute',
  'local',
] as const;
const FILE_KEYWORDS = ['objective', 'import', 'def'] as const;
const LEVEL_KEYWORDS = ['batch', 'group', 'rollout', 'token', 'vocab'] as const;
const CONNECTING_KEYWORDS = ['from', 'in', 'where', 'as', 'for', 'assuming', 'if', 'then', 'else'] as const;
const LOGICAL_KEYWORDS = ['and', 'or', 'not'] as const;
const CONSTANT_KEYWORDS = ['true', 'false', 'inf', 'pi'] as const;

/** Words with a meaning at some places only; everywhere else they are plain names. */
export const SHAPE_WORDS = [
  'nonincreasing',
  'nondecreasing',
  'increasing',
  'decreasing',
  'constant',
  'continuous',
  'convex',
  'bounded',
  'lipschitz',
  'nowhere',
  'independent',
] as const;
const OTHER_WORDS = [
  'is',
  'tends',
  'to',
  'by',
  'zero',
  'of',
  'real',
  'integer',
  'others',
  'at',
  'index',
] as const;

export type Keyword =
  | (typeof ITEM_KEYWORDS)[number]
  | (typeof FILE_KEYWORDS)[number]
  | (typeof LEVEL_KEYWORDS)[number]
  | (typeof CONNECTING_KEYWORDS)[number]
  | (typeof LOGICAL_KEYWORDS)[number]
  | (typeof CONSTANT_KEYWORDS)[number];
export type ContextualWord = (typeof SHAPE_WORDS)[number] | (typeof OTHER_WORDS)[number];

export const Name = createToken({
  name: 'Name',
  pattern: { exec: matchName },
  start_chars_hint: nameStarts,
  line_breaks: false,
  label: 'a name',
});

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const wordToken = (word: string, categories: TokenType[]): TokenType =>
  createToken({ name: capitalised(word), pattern: word, longer_alt: Name, label: `\`${word}\``, categories });
const tableOf = <Word extends string>(
  list: readonly Word[],
  categories: TokenType[],
): Readonly<Record<Word, TokenType>> =>
  Object.fromEntries(list.map((word) => [word, wordToken(word, categories)])) as Record<Word, TokenType>;

/** Reserved words, each its own token. */
export const keyword: Readonly<Record<Keyword, TokenType>> = tableOf<Keyword>(
  [
    ...ITEM_KEYWORDS,
    ...FILE_KEYWORDS,
    ...LEVEL_KEYWORDS,
    ...CONNECTING_KEYWORDS,
    ...LOGICAL_KEYWORDS,
    ...CONSTANT_KEYWORDS,
  ],
  [],
);

/** Contextual words: tokens that are names as well, so that a rule for a name takes them. */
export const word: Readonly<Record<ContextualWord, TokenType>> = tableOf<ContextualWord>(
  [...SHAPE_WORDS, ...OTHER_WORDS],
  [Name],
);

const symbol = (name: string, text: string): TokenType =>
  createToken({ name, pattern: text, label: `\`${text}\`` });

export const Arrow = symbol('Arrow', '->');
export const EqualEqual = symbol('EqualEqual', '==');
export const NotEqual = symbol('NotEqual', '!=');
export const LessEqual = symbol('LessEqual', '<=');
export const GreaterEqual = symbol('GreaterEqual', '>=');
export const Less = symbol('Less', '<');
export const Greater = symbol('Greater', '>');
export const Plus = symbol('Plus', '+');
export const Minus = symbol('Minus', '-');
export const Star = symbol('Star', '*');
export const Slash = symbol('Slash', '/');
export const Caret = symbol('Caret', '^');
export const Equals = symbol('Equals', '=');
export const LParen = symbol('LParen', '(');
export const RParen = symbol('RParen', ')');
export const LSquare = symbol('LSquare', '[');
export const RSquare = symbol('RSquare', ']');
export const LCurly = symbol('LCurly', '{');
export const RCurly = symbol('RCurly', '}');
export const Comma = symbol('Comma', ',');
export const Colon = symbol('Colon', ':');

export const NumberToken = createToken({
  name: 'Number',
  pattern: /[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?/,
  label: 'a number',
});
export const StringToken = createToken({ name: 'String', pattern: /"[^"\n]*"/, label: 'a string' });
export const Comment = createToken({
  name: 'Comment',
  pattern: /#[^\n]*/,
  group: 'comments',
  label: 'a comment',
});
export const Blank = createToken({
  name: 'Blank',
  pattern: /[ \t\n\r\u00a0\u2000-\u200b\u3000]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});

/** A character that no other token begins with; tried last. */
export const Unknown = createToken({
  name: 'Unknown',
  pattern: { exec: (text, offset) => (offset < text.length ? [text.charAt(offset)] : null) },
  start_chars_hint: anyStart,
  line_breaks: false,
  group: 'unknown',
});

/** All words, longer ones first: `in` would hide `inf` and `integer`. */
export const words: readonly TokenType[] = [
  ...Object.values<TokenType>(keyword),
  ...Object.values<TokenType>(word),
].sort((a, b) => b.name.length - a.name.length);

/** All symbols, longer ones first. */
export const operators: readonly TokenType[] = [
  Arrow,
  EqualEqual,
  NotEqual,
  LessEqual,
  GreaterEqual,
  Less,
  Greater,
  Plus,
  Minus,
  Star,
  Slash,
  Caret,
  Equals,
];
export const punctuation: readonly TokenType[] = [
  LParen,
  RParen,
  LSquare,
  RSquare,
  LCurly,
  RCurly,
  Comma,
  Colon,
];

export interface TokenEntry {
  readonly name: string;
  /** A regular expression source; the empty string for names, which a function matches. */
  readonly pattern: string;
  /** How messages call it. */
  readonly label: string;
  readonly highlight: Highlight;
}

const entry = (type: TokenType, highlight: Highlight): TokenEntry => ({
  name: type.name,
  pattern:
    type.PATTERN instanceof RegExp
      ? type.PATTERN.source
      : typeof type.PATTERN === 'string'
        ? type.PATTERN
        : '',
  label: type.LABEL ?? type.name,
  highlight,
});
const entries = (list: readonly TokenType[], highlight: Highlight): readonly TokenEntry[] =>
  list.map((type) => entry(type, highlight));
const pick = (list: readonly Keyword[]): readonly TokenType[] => list.map((name) => keyword[name]);

/** The vocabulary as data, for messages, highlighting and the reference manual. */
export const tokenTable: readonly TokenEntry[] = [
  ...entries(pick([...FILE_KEYWORDS, ...ITEM_KEYWORDS, ...CONNECTING_KEYWORDS]), 'keyword'),
  ...entries(pick(LEVEL_KEYWORDS), 'level'),
  ...entries([...operators, ...pick(LOGICAL_KEYWORDS)], 'operator'),
  ...entries(pick(CONSTANT_KEYWORDS), 'constant'),
  ...entries(Object.values(word), 'word'),
  ...entries(punctuation, 'punctuation'),
  entry(NumberToken, 'number'),
  entry(StringToken, 'string'),
  entry(Name, 'name'),
  entry(Comment, 'comment'),
];
