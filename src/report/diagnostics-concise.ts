/** Diagnostics as one line each, `file:line:column: severity[CODE] title`, which editors and `grep` understand. */
import { headOf, type Diagnostic, type Severity } from '../base/diagnostic.js';
import { plain, type Paint } from '../base/frame.js';
import { positionAt, type Source } from '../base/source.js';
import type { Reported } from './diagnostics-text.js';

const COLOUR: Readonly<Record<Severity, keyof Paint>> = { error: 'red', warning: 'yellow', note: 'cyan' };

function line(source: Source, one: Diagnostic, paint: Paint): string {
  const { severity, code, title, primary } = one;
  const place = positionAt(source, primary.span.start);
  const head = paint[COLOUR[severity]](`${headOf(one)}[${code}]`);
  return `${source.name}:${place.line}:${place.column}: ${head} ${title}\n`;
}

/** One line per diagnostic; empty where there are none. */
export const diagnosticsConcise = (reported: readonly Reported[], paint: Paint = plain): string =>
  reported.flatMap(({ source, diagnostics }) => diagnostics.map((one) => line(source, one, paint))).join('');
