/** Diagnostics as versioned JSON. A minor version only adds members. */
import { positionAt, type Position, type Source } from '../base/source.js';
import type { Diagnostic, Label } from '../base/diagnostic.js';
import type { Span } from '../base/span.js';
import { VERSION } from '../base/version.js';
import { countOf, type Reported } from './diagnostics-text.js';

/** The version of every JSON document that the command line prints. */
export const FORMAT_VERSION = '1.0';

interface Range {
  readonly start: Position;
  /** The position behind the last character. */
  readonly end: Position;
}

const rangeOf = (source: Source, span: Span): Range => ({
  start: positionAt(source, span.start),
  end: positionAt(source, span.end),
});

const labelled = (
  source: Source,
  { span, text }: Label,
): { readonly text: string; readonly range: Range } => ({
  text,
  range: rangeOf(source, span),
});

function entry(source: Source, one: Diagnostic): object {
  return {
    code: one.code,
    severity: one.severity,
    message: one.title,
    file: source.name,
    range: rangeOf(source, one.primary.span),
    label: one.primary.text,
    related: one.secondary.map((label) => labelled(source, label)),
    notes: one.notes,
    ...(one.hint === undefined ? {} : { hint: one.hint }),
  };
}

/** One document for all files, indented by two, with a line feed at the end. */
export function diagnosticsJson(reported: readonly Reported[], objectives: number): string {
  const document = {
    format_version: FORMAT_VERSION,
    tool: { name: 'veriloss', version: VERSION },
    summary: {
      files: reported.length,
      objectives,
      errors: countOf(reported, 'error'),
      warnings: countOf(reported, 'warning'),
    },
    diagnostics: reported.flatMap(({ source, diagnostics }) => diagnostics.map((one) => entry(source, one))),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
