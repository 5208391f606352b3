/** Diagnostics as workflow commands, which GitHub shows as annotations beside the changed lines. */
import { positionAt, type Source } from '../base/source.js';
import { headOf, type Diagnostic, type Severity } from '../base/diagnostic.js';
import type { Reported } from './diagnostics-text.js';

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

function annotation(source: Source, one: Diagnostic): string {
  const start = positionAt(source, one.primary.span.start);
  const end = positionAt(source, one.primary.span.end);
  const properties = [
    ['file', source.name],
    ['line', String(start.line)],
    ['col', String(start.column)],
    // Columns of the end mean something to GitHub on the same line only.
    ...(end.line === start.line && end.column > start.column ? [['endColumn', String(end.column)]] : []),
    ['title', `${headOf(one)}[${one.code}]`],
  ];
  const hint = one.hint === undefined ? [] : [`hint: ${one.hint}`];
  const message = [one.title, one.primary.text, ...one.notes, ...hint]
    .filter((line) => line !== '')
    .join('\n');
  const list = properties.map(([name = '', value = '']) => `${name}=${escapeProperty(value)}`).join(',');
  return `::${COMMAND[one.severity]} ${list}::${escapeData(message)}\n`;
}

/** One line per diagnostic; empty where there are none. */
export const diagnosticsGithub = (reported: readonly Reported[]): string =>
  reported.flatMap(({ source, diagnostics }) => diagnostics.map((one) => annotation(source, one))).join('');
