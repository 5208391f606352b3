/** Where the parts of a claim stand in the source, and how the source words it. */
import { lex } from '../../grammar/lexer.js';
import { oneLine, type Source } from '../base/source.js';
import type { Span } from '../base/span.js';

export interface ClaimText {
  /** Guard, assumption and statement on one line; the statement alone where there is neither. */
  readonly text: string;
  /** Of what is claimed, behind the colon. */
  readonly statement: Span;
}

const OPEN: readonly string[] = ['(', '['];
const CLOSED: readonly string[] = [')', ']'];

/** Reads a claim that the parser has accepted; `span` is all of it, from `verify` or `refute` on. */
export function claimText(source: Source, span: Span): ClaimText {
  const whole = source.text.slice(span.start, span.end);
  const { tokens } = lex(whole);
  const [, second] = tokens;
  const label = second?.image.startsWith('"') === true ? second : undefined;
  const head = label ?? tokens[0];
  const rest = head === undefined ? 0 : head.startOffset + head.image.length;
  let depth = 0;
  for (const [at, { image, startOffset }] of tokens.entries()) {
    if (OPEN.includes(image)) depth += 1;
    if (CLOSED.includes(image)) depth -= 1;
    // An argument's label has its colon inside parentheses.
    if (image !== ':' || depth > 0) continue;
    const next = tokens[at + 1]?.startOffset ?? whole.length;
    const isPlain = oneLine(whole.slice(rest, startOffset)) === '';
    return {
      text: oneLine(whole.slice(isPlain ? next : rest)),
      statement: { start: span.start + next, end: span.end },
    };
  }
  return { text: oneLine(whole.slice(rest)), statement: span };
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The one place inside a span where an expression stands, however it is spaced there. */
export function placeOf(source: Source, expression: string, within: Span): Span | undefined {
  const { tokens, unknown } = lex(expression);
  if (tokens.length === 0 || unknown.length > 0) return undefined;
  const words = tokens.map(({ image }) => {
    const isWord = /^[\p{L}\p{N}_]/u.test(image);
    return isWord ? `(?<![\\p{L}\\p{N}_.])${escaped(image)}(?![\\p{L}\\p{N}_])` : escaped(image);
  });
  const found = [
    ...source.text.slice(within.start, within.end).matchAll(new RegExp(words.join('\\s*'), 'gu')),
  ];
  const [only, other] = found;
  if (only === undefined || other !== undefined) return undefined;
  const start = within.start + only.index;
  return { start, end: start + only[0].length };
}
