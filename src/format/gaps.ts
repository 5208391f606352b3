/** Parts beside one another, with the comments that stand between them. A comment always ends its line. */
import { hardline, indent, type Doc } from './doc.js';
import { firstLeaf, type Comment, type Leaf, type Part } from './tree.js';

/** Prints a part, all but what stands before its first token. */
export type Show = (part: Part) => Doc;

const remarks = (comments: readonly Comment[]): Doc =>
  comments.map(({ text, trailing }) => (trailing ? `  ${text}` : [hardline, text]));

/** What goes before a part: a separator, unless comments stand there. */
export function before(part: Part, separator: Doc): Doc {
  const { comments } = firstLeaf(part).gap;
  return comments.length === 0 ? separator : [remarks(comments), hardline];
}

/** The same before a closing bracket; comments belong to what is inside. */
export function beforeCloser(closer: Leaf, separator: Doc): Doc {
  const { comments } = closer.gap;
  return comments.length === 0 ? separator : [indent(remarks(comments)), hardline];
}

export const hasComments = (part: Part): boolean => firstLeaf(part).gap.comments.length > 0;

/** Parts with one separator between them. */
export const joined = (parts: readonly Part[], separator: Doc, show: Show): Doc =>
  parts.map((part, index) => (index === 0 ? show(part) : [before(part, separator), show(part)]));
