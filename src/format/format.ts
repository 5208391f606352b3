/** The canonical form of an objective file. It moves tokens and comments, and changes none. */
import { hasErrors, type Diagnostic } from '../base/diagnostic.js';
import { source } from '../base/source.js';
import { lex } from '../../grammar/lexer.js';
import { parseTokens } from '../../grammar/read.js';
import { parse } from '../syntax/parse.js';
import { notYet } from '../syntax/rules/not-yet.js';
import { fileText } from './file.js';
import { commentText, treeOf } from './tree.js';

export type Formatted =
  | { readonly text: string }
  /** The text has mistakes of syntax, and stays as it is. */
  | { readonly diagnostics: readonly Diagnostic[] };

/** Everything of a text but its blanks. */
const contents = (text: string): string => {
  const { tokens, comments } = lex(text);
  const all = [
    ...tokens.map((token) => ({ at: token.startOffset, image: token.image.normalize('NFC') })),
    ...comments.map((comment) => ({ at: comment.startOffset, image: commentText(comment) })),
  ];
  return all
    .sort((a, b) => a.at - b.at)
    .map(({ image }) => image)
    .join('\n');
};

/** Formats a text. The result depends on its tokens and comments, on which lines are empty, and on nothing else. */
export function format(rawText: string, name = '<text>'): Formatted {
  const original = source(name, rawText);
  const { text } = original;
  // What a later edition compiles is laid out by this one.
  const diagnostics = parse(original).diagnostics.filter(({ code }) => code !== notYet.code);
  if (hasErrors(diagnostics)) return { diagnostics };

  const lexed = lex(text);
  const { tree } = parseTokens(lexed.tokens);
  if (tree === undefined) throw new Error('a text without mistakes has no tree');
  const formatted = fileText(treeOf(text, lexed, tree));
  if (contents(formatted) !== contents(text)) throw new Error('formatting would have changed the program');
  return { text: formatted };
}
