/** What the builders of the AST share: where to report, and how to read tokens that recovery may have invented. */
import type { Diagnostic } from '../../base/diagnostic.js';
import type { Span } from '../../base/span.js';
import type { Token } from '../../../grammar/lexer.js';
import type { Name } from '../ast.js';
import { spanOf } from '../token-list.js';

export interface Context {
  readonly text: string;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** The first of some tokens, if it is in the text. */
export const one = (tokens: readonly Token[] | undefined): Token | undefined =>
  tokens?.find((token) => token.isInsertedInRecovery !== true);

/** Tokens that are in the text. */
export const all = (tokens: readonly Token[] | undefined): readonly Token[] =>
  (tokens ?? []).filter((token) => token.isInsertedInRecovery !== true);

/** The first of a list that is in the text, over several kinds. */
export const anyOf = (...lists: readonly (readonly Token[] | undefined)[]): Token | undefined => {
  for (const list of lists) {
    const token = one(list);
    if (token !== undefined) return token;
  }
  return undefined;
};

export const nameOf = (token: Token): Name => ({ text: token.image.normalize('NFC'), span: spanOf(token) });

/** The empty span at an offset. */
export const emptyAt = (offset: number): Span => ({ start: offset, end: offset });

/** Where a token ends, or else a given offset. */
export const endOf = (token: Token | undefined, otherwise: number): number =>
  token === undefined ? otherwise : spanOf(token).end;

/** A string token without its quotes, which may be missing or foreign. */
export function stringOf(token: Token): string {
  return token.image.replace(/^["'“”]/, '').replace(/["'“”]$/, '');
}
