/**
 * Token by token, before the grammar: what is written in another language's way is reported and read as what it
 * means, so that one slip costs one message. A list without slips passes unchanged.
 */
import type { Diagnostic } from '../base/diagnostic.js';
import type { Token } from '../../grammar/lexer.js';
import { mistakeOf } from '../../grammar/mistakes.js';
import { Arrow, Colon, EqualEqual, keyword, Name, type Keyword } from '../../grammar/tokens.js';
import { describeEquals, describeNamedArgument } from './rules/equals-for-comparison.js';
import { describeItem, meantKeyword } from './rules/expected-item.js';
import { describeComment, describeQuotes, describeSpelling } from './rules/foreign-spelling.js';
import { describeNumber } from './rules/malformed-number.js';
import { describeMissingLet } from './rules/missing-let.js';
import { describeReserved } from './rules/reserved-word.js';
import { describeUnclosedString } from './rules/unclosed-string.js';
import * as at from './token-list.js';
import { is, spanOf } from './token-list.js';

type Report = (diagnostic: Diagnostic) => void;
type TokenType = Token['tokenType'];

const retyped = (token: Token, type: TokenType): Token => ({
  ...token,
  tokenType: type,
  tokenTypeIdx: type.tokenTypeIdx ?? 0,
});

function respell(tokens: readonly Token[], report: Report): readonly Token[] {
  return tokens.map((token, index) => {
    const mistake = mistakeOf(token.tokenType);
    if (mistake?.standsFor === undefined) return token;
    const span = spanOf(token);
    const isArrow = token.image === '=>' && is(tokens[index - 2], 'As');
    if (mistake.about === 'operator')
      report(describeSpelling(token.image, span, isArrow ? '->' : mistake.write));
    if (mistake.about === 'number') report(describeNumber(token.image, span));
    if (mistake.about === 'string') report(describeQuotes(span));
    if (mistake.about === 'open string') report(describeUnclosedString(span));
    return retyped(token, isArrow ? Arrow : mistake.standsFor);
  });
}

/** What stands after the name that a keyword declares. */
const afterName: Readonly<Record<string, readonly string[]>> = {
  Let: ['Equals'],
  Local: ['Equals'],
  Metric: ['Equals'],
  Param: ['In'],
  Model: ['Colon'],
  Data: ['Colon'],
  Tag: ['Colon'],
  Objective: ['LCurly', 'String'],
  Def: ['LParen'],
};

function freeReservedNames(tokens: readonly Token[], report: Report): readonly Token[] {
  const taken = new Set<string>();
  const declares = (index: number): boolean =>
    is(tokens[index + 1], ...(afterName[tokens[index - 1]?.tokenType.name ?? ''] ?? []));
  return tokens.map((token, index) => {
    if (!at.isReserved(token) || !declares(index) || at.startsItem(tokens[index - 2])) return token;
    if (!taken.has(token.image)) report(describeReserved(token.image, spanOf(token)));
    taken.add(token.image);
    return retyped(token, Name);
  });
}

/** Tokens after which an item may be complete. */
const ends: readonly string[] = [
  'Number',
  'String',
  'RParen',
  'RSquare',
  'RCurly',
  'LCurly',
  'True',
  'False',
  'Inf',
  'Pi',
  'Real',
  'Integer',
  'Batch',
  'Group',
  'Rollout',
  'Token',
  'Vocab',
  'Index',
  'Bounded',
  'Name',
];

function supplyKeywords(text: string, tokens: readonly Token[], report: Report): readonly Token[] {
  const { openers } = at.tokenList(text, tokens);
  return tokens.flatMap((token, index) => {
    const previous = tokens[index - 1];
    const next = tokens[index + 1];
    const inBraces =
      is(tokens[openers[index] ?? -1], 'LCurly') && !is(tokens[(openers[index] ?? 0) - 1], 'In', 'Import');
    const begins = is(previous, 'LCurly') || (is(previous, ...ends) && at.onNewLine(text, previous, token));
    if (!at.isName(token) || !inBraces || !begins) return [token];
    const span = spanOf(token);
    if (is(next, 'Equals')) {
      report(describeMissingLet(token.image, span));
      const word = { ...retyped(token, keyword.let), image: '' };
      return [word, token];
    }
    const meant =
      is(token, 'Name') && (at.isName(next) || is(next, 'Number')) ? meantKeyword(token.image) : undefined;
    if (meant === undefined) return [token];
    report(describeItem(token.image, span));
    return [retyped(token, keyword[meant as Keyword])];
  });
}

const ARGUMENT_NAMES = ['anchor', 'by', 'fill'];

function compareWithTwo(text: string, tokens: readonly Token[], report: Report): readonly Token[] {
  const { openers } = at.tokenList(text, tokens);
  let start = -1;
  let used = false;
  return tokens.map((token, index) => {
    if (at.startsItem(token) || at.startsDeclaration(token)) {
      start = index;
      used = false;
    }
    if (!is(token, 'Equals') || start < 0) return token;
    const opener = tokens[openers[index] ?? -1];
    const nested = is(opener, 'LParen', 'LSquare');
    const first = !used && !nested && is(tokens[start], 'Let', 'Local', 'Metric', 'Param', 'Def');
    if (first) used = true;
    if (first || index <= start + 1 || is(tokens[start], 'Import', 'Objective')) return token;
    if (is(tokens[start], 'Model', 'Data', 'Tag', 'Param')) return token;
    const name = tokens[index - 1];
    const isLabel = is(tokens[index - 2], 'LParen', 'Comma') && ARGUMENT_NAMES.includes(name?.image ?? '');
    if (isLabel) report(describeNamedArgument(name?.image ?? '', spanOf(token)));
    else report(describeEquals(spanOf(token)));
    return retyped(token, isLabel ? Colon : EqualEqual);
  });
}

const truth: Readonly<Record<string, 'true' | 'false'>> = {
  True: 'true',
  TRUE: 'true',
  False: 'false',
  FALSE: 'false',
};

function lowerTruth(tokens: readonly Token[], report: Report): readonly Token[] {
  const declared = new Set(
    tokens
      .filter((_, index) => (tokens[index - 1]?.tokenType.name ?? '') in afterName)
      .map((token) => token.image),
  );
  return tokens.map((token, index) => {
    const meant = Object.hasOwn(truth, token.image) ? truth[token.image] : undefined;
    if (meant === undefined || !is(token, 'Name') || declared.has(token.image)) return token;
    if (is(tokens[index + 1], 'LParen', 'LSquare', 'Colon', 'Equals')) return token;
    report(describeSpelling(token.image, spanOf(token), meant));
    return retyped(token, keyword[meant]);
  });
}

/** Repairs what can be repaired, and reports it. */
export function repair(
  text: string,
  tokens: readonly Token[],
  skipped: readonly Token[],
  report: Report,
): readonly Token[] {
  for (const token of skipped) report(describeComment(spanOf(token)));
  const spelled = freeReservedNames(respell(tokens, report), report);
  return lowerTruth(compareWithTwo(text, supplyKeywords(text, spelled, report), report), report);
}
