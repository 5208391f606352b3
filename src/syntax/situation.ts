/** A place where the grammar could not go on, with what a message about it may mention. */
import type { Diagnostic } from '../base/diagnostic.js';
import type { Span } from '../base/span.js';
import type { Token } from '../../grammar/lexer.js';
import type { Problem } from '../../grammar/read.js';
import {
  is,
  isCloser,
  onNewLine,
  spanOf,
  startsDeclaration,
  startsItem,
  type TokenList,
} from './token-list.js';

export interface Situation {
  readonly problem: Problem;
  readonly list: TokenList;
  /** Where in the list; its length stands for the end of the text. */
  readonly index: number;
  readonly found: Token | undefined;
  readonly previous: Token | undefined;
  /** The innermost bracket that is open here, and the token before it. */
  readonly opener: Token | undefined;
  readonly beforeOpener: Token | undefined;
}

/** Recognises one kind of mistake, and says it; nothing if it is another. */
export type Detector = (situation: Situation) => Diagnostic | undefined;

/** The situation of a problem at a token index. */
export function situationOf(problem: Problem, list: TokenList, index: number): Situation {
  const opener = list.openers[index] ?? -1;
  return {
    problem,
    list,
    index,
    found: list.tokens[index],
    previous: list.tokens[index - 1],
    opener: list.tokens[opener],
    beforeOpener: list.tokens[opener - 1],
  };
}

/** Whether what comes next is another line, another item or nothing: then something is missing before it. */
export const isCutOff = ({ found, previous, list }: Situation): boolean =>
  found === undefined ||
  onNewLine(list.text, previous, found) ||
  startsItem(found) ||
  startsDeclaration(found) ||
  is(found, 'RCurly');

/** Where to point: at what was found, or, if something is missing before it, right after what precedes. */
export function here(situation: Situation): Span {
  const { found, previous, list } = situation;
  if (found !== undefined && (previous === undefined || !isCutOff(situation))) return spanOf(found);
  const end = previous === undefined ? list.text.length : spanOf(previous).end;
  return { start: end, end };
}

/** How a message calls a token. */
export const called = (token: Token | undefined): string =>
  token === undefined
    ? 'the end of the file'
    : token.image === ''
      ? 'the next item'
      : is(token, 'String')
        ? 'a string'
        : `\`${token.image}\``;

/** `expected …`, and what was found, unless that is merely what comes next. */
export const expecting = (situation: Situation, what: string): string =>
  isCutOff(situation) ? `expected ${what}` : `expected ${what}, found ${called(situation.found)}`;

/** What an open bracket belongs to, for titles: a call to `clip`, an index of `mean`, … */
export function bracketName({ opener, beforeOpener, problem }: Situation): string {
  const owner = beforeOpener?.image ?? '';
  if (is(opener, 'LCurly')) {
    if (is(beforeOpener, 'In', 'Integer')) return 'set';
    return problem.rules.includes('importing') ? 'import' : 'objective';
  }
  if (is(beforeOpener, 'In', 'Integer')) return 'interval';
  if (is(opener, 'LSquare')) return `index of \`${owner}\``;
  if (is(beforeOpener, 'RSquare')) return 'arguments of a reduction';
  const isCall =
    /^[\p{L}_]/u.test(owner) && (is(beforeOpener, 'Name', 'Inf') || problem.rules.includes('call'));
  return isCall && !isCloser(beforeOpener) && problem.rule !== 'parenthesised'
    ? `call to \`${owner}\``
    : 'parenthesis';
}

/** The label that points at the open bracket. */
export const openedHere = ({
  opener,
}: Situation): readonly { readonly span: Span; readonly text: string }[] =>
  opener === undefined ? [] : [{ span: spanOf(opener), text: 'opened here' }];
