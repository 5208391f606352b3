/** The prettier plugin: the same layout as `veriloss fmt`, in editors, hooks and Markdown that already run prettier. */
import { closeSync, openSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstPath, Parser, Printer, SupportLanguage } from 'prettier';
import { positionAt, source } from './base/source.js';
import { hardline, type Doc } from './format/doc.js';
import { format } from './format/format.js';
import { EXTENSIONS, looksLike } from './syntax/formats.js';

/** What the parser gives and the printer takes: the text is laid out already. */
interface FormattedText {
  readonly type: 'objective file';
  readonly text: string;
  readonly length: number;
}

const HEAD = 65_536;

/** The beginning of a file; nothing where there is none, as when an editor has not saved it yet. */
function headOf(path: string): string {
  const buffer = new Uint8Array(HEAD);
  try {
    const file = openSync(path.startsWith('file:') ? fileURLToPath(path) : path, 'r');
    try {
      return new TextDecoder().decode(buffer.subarray(0, readSync(file, buffer, 0, HEAD, 0)));
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

/** By extension and content: meshes and compilers' object files, which share `.obj`, are not ours. */
function isSupported({ filepath }: { readonly filepath: string }): boolean {
  const name = filepath.toLowerCase();
  return (
    EXTENSIONS.some((extension) => name.endsWith(extension)) && looksLike(headOf(filepath)) === 'objective'
  );
}

/** The languages of the plugin. Extensions are not listed, since prettier would not look at the content then. (Prettier's types want a mutable list.) */
export const languages: SupportLanguage[] = [
  { name: 'Veriloss', aliases: ['objective', 'obj'], parsers: ['veriloss'], isSupported },
];

/** Prettier shows `loc` as a code frame, and editors jump to it. */
function parse(text: string): FormattedText {
  const formatted = format(text);
  if ('text' in formatted) return { type: 'objective file', text: formatted.text, length: text.length };
  const [first] = formatted.diagnostics;
  if (first === undefined) throw new Error('nothing was formatted, and nothing is wrong');
  const { line, column } = positionAt(source('', text), first.primary.span.start);
  const label = first.primary.text === '' ? '' : `: ${first.primary.text}`;
  const error = new SyntaxError(`${first.code}: ${first.title}${label}`);
  throw Object.assign(error, { loc: { start: { line, column } } });
}

const parser: Parser<FormattedText> = {
  parse,
  astFormat: 'veriloss',
  locStart: () => 0,
  locEnd: ({ length }) => length,
};

/** The parsers of the plugin, by name. */
export const parsers: Readonly<Record<'veriloss', Parser<FormattedText>>> = { veriloss: parser };

const printer: Printer<FormattedText> = {
  // Lines are final: there is one layout, whatever `printWidth`, `tabWidth` and `useTabs` say.
  print: ({ node }: AstPath<FormattedText>): Doc =>
    node.text.split('\n').flatMap((line, at) => (at === 0 ? [line] : [hardline, line])),
};

/** The printers of the plugin, by the name of what they print. */
export const printers: Readonly<Record<'veriloss', Printer<FormattedText>>> = { veriloss: printer };
