/** What is said of a part of the text that the parser could not read whole. */
import type { Diagnostic } from '../base/diagnostic.js';
import { inProgram, type Span } from '../base/span.js';
import { duplicateName } from './rules/duplicate-name.js';
import { laterName } from './rules/later-name.js';
import { unknownName } from './rules/unknown-name.js';

/** What is wrong with a name is so also where the rest of the item was not read. */
const ABOUT_NAMES: readonly string[] = [unknownName, laterName, duplicateName].map(({ code }) => code);

export const isWithin = ({ start }: Span, { start: from, end: to }: Span): boolean =>
  from <= start && start <= to;

/** Collects diagnostics, without those that only follow from what was not read. */
export const wordsAboutNames =
  (unread: readonly Span[], into: Diagnostic[]): ((diagnostic: Diagnostic) => void) =>
  (diagnostic) => {
    const place = inProgram(diagnostic.primary.span);
    if (ABOUT_NAMES.includes(diagnostic.code) || !unread.some((span) => isWithin(place, span)))
      into.push(diagnostic);
  };
