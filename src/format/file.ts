/** A whole file as text: imports, definitions and objectives, an empty line between what is not alike. */
import { align, INDENT, print } from './doc.js';
import { blockLines, elementsOf, isItem, runLines, withRemark, type Element, type Item } from './blocks.js';
import { show } from './expressions.js';
import { joined } from './gaps.js';
import { firstLeaf, isLeaf, type Branch, type Part, type Tree } from './tree.js';

const isBranch = (part: Part): part is Branch => !isLeaf(part);
const NOTHING = { comments: [], emptyLine: false };

/** An objective: its head, its items, its end. */
function objectiveLines({ parts }: Branch): readonly string[] {
  const open = parts.findIndex(({ role }) => role === 'LCurly');
  const closer = parts[parts.length - 1];
  const items = parts
    .slice(open + 1, -1)
    .filter(isBranch)
    .flatMap((item) => item.parts.filter(isBranch));
  const end = closer === undefined ? NOTHING : firstLeaf(closer).gap;
  const { elements, opening } = elementsOf(items, end);
  const head = print(align(INDENT, joined(parts.slice(0, open + 1), ' ', show)));
  if (elements.length === 0 && opening === undefined) return [`${head}}`];
  return [withRemark(head, opening), ...blockLines(elements, INDENT), '}'];
}

/** Puts the empty lines between declarations: always where they are not of one kind, and around an objective. */
function apart(elements: readonly Element[]): readonly Element[] {
  let last: Item | undefined;
  let start = -1;
  const set = new Set<number>();
  elements.forEach((element, at) => {
    if (!isItem(element)) return;
    const { role } = element.branch;
    if (last !== undefined && (role === 'objective' || role !== last.branch.role)) set.add(start + 1);
    last = element;
    start = at;
  });
  return elements.map((element, at) => (set.has(at) ? { ...element, emptyLineBefore: true } : element));
}

/** Neighbouring declarations of one kind; what an objective's last line has beside it is its remark. */
function declarationLines(run: readonly Item[], margin: number): readonly string[] {
  if (run[0]?.branch.role !== 'objective') return runLines(run, margin);
  return run.flatMap(({ branch, remark }) => {
    const lines = objectiveLines(branch);
    return [...lines.slice(0, -1), withRemark(lines[lines.length - 1] ?? '', remark)];
  });
}

/** Lays a file out. */
export function fileText({ parts, end }: Tree): string {
  const { elements } = elementsOf(parts.filter(isBranch), end);
  const lines = blockLines(apart(elements), 0, declarationLines);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
