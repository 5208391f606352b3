/** What stands in a file or in an objective, in order, as lines: items in columns, comments, and empty lines as the author grouped them. */
import { screenWidth } from '../base/screen-width.js';
import { inColumns, type Row } from './columns.js';
import { align, flat, print, WIDTH } from './doc.js';
import { hasComments } from './gaps.js';
import { brokenDoc, cellDoc, cellsOf, headOf, type Cell } from './items.js';
import { firstLeaf, type Branch, type Gap } from './tree.js';

export interface Item {
  readonly branch: Branch;
  /** The comment on the line where it ends. */
  readonly remark?: string;
  readonly emptyLineBefore: boolean;
}
/** A comment that has its line to itself. */
export interface OwnLine {
  readonly comment: string;
  readonly emptyLineBefore: boolean;
}
export type Element = Item | OwnLine;

export const isItem = (element: Element): element is Item => 'branch' in element;

/** Branches with the comments around them, in order, and the comment on the line before the first of them. */
export function elementsOf(
  branches: readonly Branch[],
  end: Gap,
): { readonly elements: readonly Element[]; readonly opening: string | undefined } {
  const elements: Element[] = [];
  let opening: string | undefined;
  const addComments = ({ comments }: Gap): void => {
    for (const { text, trailing, emptyLineBefore } of comments) {
      const last = trailing ? elements.pop() : undefined;
      if (!trailing) elements.push({ comment: text, emptyLineBefore });
      else if (last !== undefined && isItem(last)) elements.push({ ...last, remark: text });
      else opening = text;
    }
  };
  for (const branch of branches) {
    const { gap } = firstLeaf(branch);
    addComments(gap);
    elements.push({ branch, emptyLineBefore: gap.emptyLine });
  }
  addComments(end);
  return { elements, opening };
}

export const withRemark = (text: string, remark: string | undefined): string =>
  remark === undefined ? text : `${text}  ${remark}`;

const cellText = (cell: Cell, at: number): string | undefined => {
  const [first] = cell.parts;
  return at > 0 && first !== undefined && hasComments(first) ? undefined : flat(cellDoc(cell));
};

/** An item as a row, if it fits on a line; else the part of it that stands in a column. */
function rowOf(branch: Branch, margin: number): Row | undefined {
  const cells = cellsOf(branch);
  const texts = cells.map(cellText);
  const row: (string | undefined)[] = [];
  cells.forEach(({ column }, at) => (row[column] = texts[at]));
  const width = texts.reduce((sum, text = '') => sum + screenWidth(text) + 1, margin - 1);
  if (!texts.includes(undefined) && width <= WIDTH) return { cells: Array.from(row), whole: true };
  const head = headOf(branch);
  return head === undefined ? undefined : { cells: [head], whole: false };
}

/** Neighbouring items of one kind. */
export function runLines(run: readonly Item[], margin: number): readonly string[] {
  const indent = ' '.repeat(margin);
  const rows = run.map(({ branch }) => rowOf(branch, margin));
  const placed = inColumns(rows, margin);
  const texts = run.map(({ branch }, at) => {
    const text = placed[at];
    if (rows[at]?.whole === true && text !== undefined) return text;
    return print([indent, align(margin, brokenDoc(branch, text))]).slice(margin);
  });
  // A second space before a remark.
  const remarked = run.map(({ remark }, at): Row | undefined => {
    const text = texts[at] ?? '';
    if (text.includes('\n')) return undefined;
    return { cells: remark === undefined ? [text] : [`${text} `, remark], whole: true };
  });
  const lines = inColumns(remarked, margin);
  return run.map(({ remark }, at) => indent + (lines[at] ?? withRemark(texts[at] ?? '', remark)));
}

/** Where a run of neighbours ends that begins at an element. */
function runFrom(elements: readonly Element[], start: number, { branch }: Item): readonly Item[] {
  const run: Item[] = [];
  for (let at = start; at < elements.length; at += 1) {
    const element = elements[at];
    if (element === undefined || !isItem(element) || element.branch.role !== branch.role) break;
    if (run.length > 0 && element.emptyLineBefore) break;
    run.push(element);
  }
  return run;
}

/** The elements of a block as lines. */
export function blockLines(
  elements: readonly Element[],
  margin: number,
  linesOf: (run: readonly Item[], margin: number) => readonly string[] = runLines,
): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < elements.length;) {
    const element = elements[at];
    if (element === undefined) break;
    if (at > 0 && element.emptyLineBefore) lines.push('');
    if (isItem(element)) {
      const run = runFrom(elements, at, element);
      for (const line of linesOf(run, margin)) lines.push(line);
      at += run.length;
    } else {
      lines.push(' '.repeat(margin) + element.comment);
      at += 1;
    }
  }
  return lines;
}
