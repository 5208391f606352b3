/** Diagnostics as text for people: one frame each, and a line that counts them. */
import type { Diagnostic, Severity } from '../base/diagnostic.js';
import { plain, renderFrame, type Paint } from '../base/frame.js';
import type { Source } from '../base/source.js';

/** What one file gave. */
export interface Reported {
  readonly source: Source;
  readonly diagnostics: readonly Diagnostic[];
}

/** One frame per diagnostic, an empty line after each; empty where there are none. */
export const diagnosticsText = (reported: readonly Reported[], paint: Paint = plain): string =>
  reported
    .flatMap(({ source, diagnostics }) => diagnostics.map((one) => `${renderFrame(source, one, paint)}\n\n`))
    .join('');

/** `1 error`, `13 objectives`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** How many diagnostics of a severity there are. */
export const countOf = (reported: readonly Reported[], severity: Severity): number =>
  reported.flatMap(({ diagnostics }) => diagnostics).filter((one) => one.severity === severity).length;

/** `2 errors and 1 warning`; empty where there are neither. Notes are not counted. */
export function tally(reported: readonly Reported[]): string {
  const parts = (['error', 'warning'] as const).flatMap((severity) => {
    const count = countOf(reported, severity);
    return count === 0 ? [] : [counted(count, severity)];
  });
  return parts.join(' and ');
}
