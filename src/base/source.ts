/** A source text with its name, and the translation from offsets to lines and columns. */
import type { Span } from './span.js';

export interface Source {
  /** What diagnostics call it: a path as the user gave it, or `<stdin>`. */
  readonly name: string;
  /** LF-normalised text; every span refers to this text. */
  readonly text: string;
  /** Offset of the first character of each line. */
  readonly lineStarts: readonly number[];
  /** Offset of the second unit of each character that takes two. */
  readonly pairs: readonly number[];
}

export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in Unicode code points. */
  readonly column: number;
  /** 0-based, in UTF-16 code units. */
  readonly offset: number;
}

/** Normalises line ends to LF and drops a byte-order mark: the same program has the same text on every platform. */
export function source(name: string, rawText: string): Source {
  const text = rawText.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const pairs = [...text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)].map(({ index }) => index + 1);
  return { name, text, lineStarts, pairs };
}

/** How many of some ascending numbers are less than a given one. */
function countBelow(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? Infinity) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the line begins that an offset is on. */
export const lineStartAt = (file: Source, offset: number): number =>
  file.lineStarts[countBelow(file.lineStarts, offset + 1) - 1] ?? 0;

/** The position of an offset; offsets past the end are taken as the end. */
export function positionAt(file: Source, rawOffset: number): Position {
  const offset = Math.max(0, Math.min(rawOffset, file.text.length));
  const line = Math.max(1, countBelow(file.lineStarts, offset + 1));
  const lineStart = file.lineStarts[line - 1] ?? 0;
  const seconds = countBelow(file.pairs, offset) - countBelow(file.pairs, lineStart);
  return { line, column: offset - lineStart - seconds + 1, offset };
}

/** The text of a 1-based line, without its line end. */
export function lineText(file: Source, line: number): string {
  const start = file.lineStarts[line - 1] ?? file.text.length;
  const next = file.lineStarts[line];
  return file.text.slice(start, next === undefined ? file.text.length : next - 1);
}

/** The text that a span covers, in the file or in the definition that it comes from. */
export const textOf = (file: Source, span: Span): string =>
  (span.origin?.text ?? file.text).slice(span.start, span.end);

/** Source text that holds no string, on one line and without comments. */
export const oneLine = (text: string): string =>
  text
    .replace(/#[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\( /g, '(')
    .replace(/ \)/g, ')')
    .trim();
