/** Tokens with what messages need to know about their place: the bracket around each, and the item it belongs to. */
import type { Span } from '../base/span.js';
import type { Token } from '../../grammar/lexer.js';
import { ITEM_KEYWORDS, keyword, word } from '../../grammar/tokens.js';

export const spanOf = (token: Token): Span => ({
  start: token.startOffset,
  end: token.startOffset + token.image.length,
});

const itemNames: ReadonlySet<string> = new Set(ITEM_KEYWORDS.map((one) => keyword[one].name));
const fileNames: ReadonlySet<string> = new Set(['Objective', 'Import', 'Def']);
const keywordNames: ReadonlySet<string> = new Set(Object.values(keyword).map((type) => type.name));
const contextualNames: ReadonlySet<string> = new Set(Object.values(word).map((type) => type.name));

/** Whether a token is of the type with this name. */
export const is = (token: Token | undefined, ...names: readonly string[]): boolean =>
  token !== undefined && names.includes(token.tokenType.name);
export const startsItem = (token: Token | undefined): boolean =>
  token !== undefined && itemNames.has(token.tokenType.name);
export const startsDeclaration = (token: Token | undefined): boolean =>
  token !== undefined && fileNames.has(token.tokenType.name);
export const isReserved = (token: Token | undefined): boolean =>
  token !== undefined && keywordNames.has(token.tokenType.name);
export const isName = (token: Token | undefined): boolean =>
  token !== undefined && (token.tokenType.name === 'Name' || contextualNames.has(token.tokenType.name));

const closerOf: Readonly<Record<string, string>> = { LParen: 'RParen', LSquare: 'RSquare', LCurly: 'RCurly' };
export const isOpener = (token: Token | undefined): boolean => is(token, 'LParen', 'LSquare', 'LCurly');
export const isCloser = (token: Token | undefined): boolean => is(token, 'RParen', 'RSquare', 'RCurly');

export interface TokenList {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** For each token, and for the end: the index of the innermost open bracket before it, or -1. */
  readonly openers: readonly number[];
  /** For each token, and for the end: a number that changes where an item or a declaration begins. */
  readonly items: readonly number[];
}

/** Half-open intervals pair `(` with `]`, so any closer but `}` closes a round or a square bracket. */
const closes = (opener: Token | undefined, closer: Token): boolean => {
  if (opener === undefined) return false;
  if (closerOf[opener.tokenType.name] === closer.tokenType.name) return true;
  return !is(opener, 'LCurly') && !is(closer, 'RCurly');
};

/** Finds the brackets and items of a list of tokens, in one pass. */
export function tokenList(text: string, tokens: readonly Token[]): TokenList {
  const openers: number[] = [];
  const items: number[] = [];
  let open: number[] = [];
  let item = 0;
  tokens.forEach((token, index) => {
    openers.push(open[open.length - 1] ?? -1);
    if (startsDeclaration(token)) open = [];
    if (startsItem(token)) open = is(tokens[open[0] ?? -1], 'LCurly') ? open.slice(0, 1) : [];
    if (startsItem(token) || startsDeclaration(token)) item += 1;
    items.push(item);
    if (isOpener(token)) open.push(index);
    if (isCloser(token)) {
      // A `}` ends what is unclosed inside its braces.
      if (is(token, 'RCurly'))
        while (open.length > 1 && !is(tokens[open[open.length - 1] ?? -1], 'LCurly')) open.pop();
      if (closes(tokens[open[open.length - 1] ?? -1], token)) open.pop();
    }
  });
  openers.push(open[open.length - 1] ?? -1);
  items.push(item);
  return { text, tokens, openers, items };
}

/** Whether a line ends between two neighbouring tokens. */
export const onNewLine = (text: string, previous: Token | undefined, token: Token): boolean =>
  previous === undefined || text.slice(spanOf(previous).end, token.startOffset).includes('\n');
