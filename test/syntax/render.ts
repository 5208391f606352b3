/** Text in, text out: what the syntax tests share. */
import { renderFrame } from '../../src/base/frame.js';
import { source } from '../../src/base/source.js';
import { parse, type ParseResult } from '../../src/syntax/parse.js';

/** What a user never reads: the parser generator's own sentences, and values that nobody worded. */
export const DEFAULT_WORDING =
  /Expecting|NoViableAlt|Redundant input|but found|-->|MismatchedToken|EarlyExit|undefined|NaN|null|\[object|Mistake\d/;

export const parseText = (text: string, name = 'test.obj'): ParseResult => parse(source(name, text));

/** The frames of all diagnostics of a text. */
export function frames(text: string, name = 'test.obj'): string {
  const file = source(name, text);
  return parse(file)
    .diagnostics.map((diagnostic) => `${renderFrame(file, diagnostic)}\n`)
    .join('\n');
}

export const codes = (text: string): readonly string[] => parseText(text).diagnostics.map(({ code }) => code);
