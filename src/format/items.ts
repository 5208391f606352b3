/** Items and declarations as cells: what stands in columns, and how each is broken where it does not fit on a line. */
import { align, flat, group, hardline, indent, INDENT, line, WIDTH, type Doc } from './doc.js';
import { bracketed, chainDoc, chainOf, conditionalIn, operandsOf, show } from './expressions.js';
import { before, hasComments, joined } from './gaps.js';
import { screenWidth } from '../base/screen-width.js';
import { isLeaf, type Branch, type Part } from './tree.js';

/** For each rule, the parts with which a column begins; other parts go on with the column before. */
const columns: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  importing: { From: 1 },
  definition: { Equals: 1 },
  param: { In: 1, Equals: 2, String: 3 },
  declaration: { Name: 1, Colon: 2, In: 3, String: 4 },
  binding: { Equals: 1 },
  metric: { Equals: 1 },
  optimize: { As: 1 },
  assumption: {},
  property: { String: 1, guard: 2, hypothesis: 2, Colon: 3 },
};

export interface Cell {
  readonly column: number;
  readonly parts: readonly Part[];
}

/** The cells of an item, in order. */
export function cellsOf({ role, parts }: Branch): readonly Cell[] {
  const starts = columns[role] ?? {};
  const cells: { column: number; parts: Part[] }[] = [];
  for (const part of parts) {
    const last = cells[cells.length - 1];
    const column = starts[part.role] ?? 0;
    if (last === undefined || column > last.column) cells.push({ column, parts: [part] });
    else last.parts.push(part);
  }
  return cells;
}

const BRACKETS: readonly string[] = ['LCurly', 'LParen'];

/** A cell as a document. Only imports and definitions have a bracket among its own tokens: the one around their names. */
export function cellDoc({ parts }: Cell): Doc {
  const at = parts.findIndex(({ role }) => BRACKETS.includes(role));
  const open = parts[at];
  if (open === undefined) return joined(parts, ' ', show);
  const curly = open.role === 'LCurly';
  const list = bracketed(parts.slice(at), curly ? line : undefined);
  return [joined(parts.slice(0, at), ' ', show), before(open, curly ? ' ' : ''), list];
}

const joinedCells = (cells: readonly Cell[]): Doc =>
  cells.map((cell, at): Doc => {
    const [first] = cell.parts;
    return at === 0 || first === undefined ? cellDoc(cell) : [before(first, ' '), cellDoc(cell)];
  });

const DEEPEST = 40;

/** The column, counted from the margin of the item, at which the operators of a chain stand under `=`. */
function underEquals(head: string, chain: readonly Part[]): number | undefined {
  const column = screenWidth(head) + 1;
  const room = WIDTH - INDENT - column - 'and '.length;
  const fit = operandsOf(chain).every((operand) => screenWidth(flat(operand) ?? '') <= room);
  return column <= DEEPEST && fit ? column : undefined;
}

const namesValue = ({ role }: Branch): boolean =>
  role === 'binding' || role === 'metric' || role === 'definition';

/** Whether a value that takes several lines begins on the line of its name, whose text is given. */
function beginsBeside(head: string, equals: Part, value: Branch): boolean {
  if (hasComments(equals) || hasComments(value) || conditionalIn(value) !== undefined) return false;
  const chain = chainOf(value);
  return chain === undefined || underEquals(head, chain) !== undefined;
}

/** What stands before the `=` of an item, if it can stand in a column although the value takes several lines. */
export function headOf(item: Branch): string | undefined {
  const [name, { parts: [equals, value] = [] } = { parts: [] }] = cellsOf(item);
  const head = name === undefined || !namesValue(item) ? undefined : flat(cellDoc(name));
  if (head === undefined || equals === undefined || value === undefined || isLeaf(value)) return undefined;
  return beginsBeside(head, equals, value) ? head : undefined;
}

/** A definition, let or metric: a chain has its operators under the `=`, a call stays beside it, all else goes below. */
function brokenName(cells: readonly Cell[], head: string | undefined): Doc {
  const [name, { parts: [equals, value] = [] } = { parts: [] }] = cells;
  if (name === undefined || equals === undefined || value === undefined || isLeaf(value))
    return joinedCells(cells);
  if (head === undefined || !beginsBeside(head, equals, value)) {
    const beside = !hasComments(value) && conditionalIn(value) === undefined && chainOf(value) === undefined;
    const shown: Doc = [before(value, beside ? ' ' : hardline), show(value)];
    return indent([cellDoc(name), before(equals, ' '), show(equals), shown]);
  }
  const chain = chainOf(value);
  const column = chain && underEquals(head, chain);
  if (chain === undefined || column === undefined) return [head, ' ', show(equals), ' ', show(value)];
  return [head, ' ', align(column, [show(equals), ' ', chainDoc(chain, (inner) => inner)])];
}

/** `minimize expr as name`, `assume expr` */
function brokenWord([main, ...rest]: readonly Cell[]): Doc {
  const [word, value] = main?.parts ?? [];
  if (word === undefined || value === undefined || isLeaf(value)) return [];
  const below = conditionalIn(value) !== undefined;
  const nested = below || hasComments(value) || chainOf(value) !== undefined;
  const shown: Doc = [before(value, below ? hardline : ' '), show(value)];
  const name = rest.map((cell): Doc => {
    const [first] = cell.parts;
    return first === undefined ? [] : indent([before(first, ' '), cellDoc(cell)]);
  });
  return [show(word), nested ? indent(shown) : shown, name];
}

/** The claim begins a line; label, guard and assumption do as well where they are too long together. */
function brokenClaim(cells: readonly Cell[]): Doc {
  const colon = cells[cells.length - 1];
  const [first] = colon?.parts ?? [];
  if (colon === undefined || first === undefined) return joinedCells(cells);
  const parts = cells.slice(0, -1).flatMap((cell) => cell.parts);
  const said = parts.map((part, at): Doc => {
    if (at === 0) return show(part);
    return indent([before(part, part.role === 'String' ? ' ' : line), show(part)]);
  });
  return [group(said), indent([before(first, hardline), cellDoc(colon)])];
}

/** An item that does not fit on a line. `head` is the text before `=`, padded to its column, for what gives a name. */
export function brokenDoc(item: Branch, head: string | undefined): Doc {
  const cells = cellsOf(item);
  if (namesValue(item)) return brokenName(cells, head);
  if (item.role === 'optimize' || item.role === 'assumption') return brokenWord(cells);
  if (item.role === 'property') return brokenClaim(cells);
  const [first, ...rest] = cells;
  if (first === undefined) return [];
  const others = rest.map((cell): Doc => {
    const [part] = cell.parts;
    return part === undefined ? [] : [before(part, line), cellDoc(cell)];
  });
  return group([cellDoc(first), indent(others)]);
}
