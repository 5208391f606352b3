/** The printing algebra: the only place that knows that it is prettier's. */
import { builders, printer } from 'prettier/doc';

export type Doc = builders.Doc;
export const { align, group, hardline, indent, line, softline } = builders;

/** How long a line may become before it is broken. */
export const WIDTH = 110;
export const INDENT = 2;

/** Lays a document out, its first line beginning at column 0. */
export const print = (doc: Doc, width = WIDTH): string =>
  printer.printDocToString(doc, { printWidth: width, tabWidth: INDENT, useTabs: false }).formatted;

/** The document on one line, unless a comment inside breaks it. */
export function flat(doc: Doc): string | undefined {
  const text = print(group(doc), Infinity);
  return text.includes('\n') ? undefined : text;
}
