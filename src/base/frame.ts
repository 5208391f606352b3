/** A diagnostic as text, with the source lines it is about. It chooses neither words nor whether there is colour. */
import { headOf, type Diagnostic, type Label, type Severity } from './diagnostic.js';
import { characterWidth } from './screen-width.js';
import { lineText, positionAt, type Source } from './source.js';

type Style = (text: string) => string;

/** The colours that a frame uses; a palette of picocolors is one. */
export interface Paint {
  readonly bold: Style;
  readonly red: Style;
  readonly yellow: Style;
  readonly cyan: Style;
  readonly blue: Style;
}

const asIs: Style = (text) => text;
/** No colour. */
export const plain: Paint = { bold: asIs, red: asIs, yellow: asIs, cyan: asIs, blue: asIs };

/** Notes that say themselves what they are. */
const NAMED = /^(?:witness|reading|replay|reason|found): /;
const TAB = 4;
const WIDEST = 160;
// Direction controls too: they would show another text than the one that is compiled.
const CONTROL = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

interface Cell {
  readonly text: string;
  readonly width: number;
}

function cellOf(character: string, column: number): Cell {
  if (character === '\t') return { text: ' '.repeat(TAB - (column % TAB)), width: TAB - (column % TAB) };
  if (CONTROL.test(character)) return { text: '\ufffd', width: 1 };
  return { text: character, width: characterWidth(character) };
}

/** A line as a terminal shows it, and the screen column of each of its UTF-16 offsets. */
function layOut(line: string): { readonly shown: string; readonly columns: readonly number[] } {
  const columns: number[] = [];
  let shown = '';
  let column = 0;
  for (const character of line) {
    for (let unit = 0; unit < character.length; unit += 1) columns.push(column);
    const cell = cellOf(character, column);
    shown += cell.text;
    column += cell.width;
  }
  columns.push(column);
  return { shown, columns };
}

interface Mark {
  readonly line: number;
  /** UTF-16 offsets inside the line. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly primary: boolean;
}

/** Where a label is drawn; one that spans lines is drawn on its first. */
function markOf(source: Source, label: Label, primary: boolean): Mark {
  const { line, offset } = positionAt(source, label.span.start);
  const from = offset - (source.lineStarts[line - 1] ?? 0);
  const length = lineText(source, line).trimEnd().length;
  const to = Math.max(from, Math.min(from + label.span.end - label.span.start, length));
  return { line, from, to, text: label.text, primary };
}

/** The part of a long line that is shown, in characters: around its marks. */
function windowOf(line: string, marks: readonly Mark[]): { readonly start: number; readonly end: number } {
  if (line.length <= WIDEST) return { start: 0, end: line.length };
  const main = marks.find((mark) => mark.primary) ?? marks[0];
  const start = Math.max(0, Math.min((main?.from ?? 0) - WIDEST / 2, line.length - WIDEST));
  return { start, end: start + WIDEST };
}

function drawLine(line: string, marks: readonly Mark[], colour: Style, paint: Paint): readonly string[] {
  const { start, end } = windowOf(line, marks);
  const lead = start > 0 ? '…' : '';
  const { shown, columns } = layOut(line.slice(start, end));
  const columnOf = (offset: number): number =>
    lead.length + (columns[Math.max(0, Math.min(offset - start, columns.length - 1))] ?? 0);
  const rows = [...marks]
    .sort((a, b) => a.from - b.from || Number(a.primary) - Number(b.primary))
    .map((mark) => {
      const column = columnOf(mark.from);
      const sign = (mark.primary ? '^' : '-').repeat(Math.max(1, columnOf(mark.to) - column));
      const style = mark.primary ? colour : paint.blue;
      return `${' '.repeat(column)}${style(mark.text === '' ? sign : `${sign} ${mark.text}`)}`;
    });
  return [`${lead}${shown}${end < line.length ? '…' : ''}`.trimEnd(), ...rows];
}

const colourOf = (severity: Severity, paint: Paint): Style =>
  severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.cyan;

/** Renders one diagnostic: title, place, labelled source lines, notes and hint. No line end at the end. */
export function renderFrame(source: Source, diagnostic: Diagnostic, paint: Paint = plain): string {
  const colour = colourOf(diagnostic.severity, paint);
  const marks = [
    markOf(source, diagnostic.primary, true),
    ...diagnostic.secondary.map((label) => markOf(source, label, false)),
  ];
  const lines = [...new Set(marks.map((mark) => mark.line))].sort((a, b) => a - b);
  const width = String(lines[lines.length - 1] ?? 1).length;
  const gutter = (text: string): string => paint.blue(`${text.padStart(width)} │`);
  const body = lines.flatMap((line) => {
    const own = marks.filter((mark) => mark.line === line);
    const drawn = drawLine(lineText(source, line), own, colour, paint);
    return drawn.map((row, index) => `${gutter(index === 0 ? String(line) : '')} ${row}`.trimEnd());
  });
  const place = positionAt(source, diagnostic.primary.span.start);
  const head = `${colour(`${headOf(diagnostic)}[${diagnostic.code}]`)}${paint.bold(`: ${diagnostic.title}`)}`;
  const remarks = [
    ...diagnostic.notes.map((note) => (NAMED.test(note) ? note : `note: ${note}`)),
    ...(diagnostic.hint === undefined ? [] : [`hint: ${diagnostic.hint}`]),
  ];
  const margin = ' '.repeat(width + 1);
  return [
    head,
    `${margin}${paint.blue('┌─')} ${source.name}:${place.line}:${place.column}`,
    ...body,
    ...remarks.map((remark) => `${margin}${paint.blue('=')} ${remark}`),
  ].join('\n');
}
