/** The concrete syntax tree with its tokens in order, each with the comments and the empty line before it. */
import type { Lexed, Token } from '../../grammar/lexer.js';
import type { Parsed } from '../../grammar/read.js';

export interface Comment {
  /** From `#`, without blanks at the end. */
  readonly text: string;
  /** Whether it follows a token on the same line; it has a line to itself otherwise. */
  readonly trailing: boolean;
  readonly emptyLineBefore: boolean;
}

/** What stands before a token, or before the end of the text. */
export interface Gap {
  readonly comments: readonly Comment[];
  /** Whether a line is empty just before the token, below its comments. */
  readonly emptyLine: boolean;
}

export interface Leaf {
  /** What the grammar calls the token here: `Name` for a name, also where the name is a contextual word. */
  readonly role: string;
  readonly text: string;
  readonly gap: Gap;
}

export interface Branch {
  /** The rule of the grammar. */
  readonly role: string;
  readonly parts: readonly Part[];
}

export type Part = Leaf | Branch;

export const isLeaf = (part: Part): part is Leaf => 'text' in part;

/** The first token of a part; a part without tokens is not in the tree. */
export function firstLeaf(part: Part): Leaf {
  let here = part;
  while (!isLeaf(here)) {
    const [first] = here.parts;
    if (first === undefined) throw new Error(`\`${here.role}\` holds no token`);
    here = first;
  }
  return here;
}

const NO_COMMENTS: readonly Comment[] = [];
const NO_GAP: Gap = { comments: NO_COMMENTS, emptyLine: false };
const endOf = ({ startOffset, image }: Token): number => startOffset + image.length;
/** Trailing blanks of a comment are no part of it. */
export const commentText = ({ image }: Token): string => image.trimEnd();

/** The gap before each token, and last the one before the end of the text. */
function gapsOf(text: string, { tokens, comments }: Pick<Lexed, 'tokens' | 'comments'>): readonly Gap[] {
  const linesBetween = (from: number, to: number): number => text.slice(from, to).split('\n').length - 1;
  const gaps: Gap[] = [];
  let [end, next] = [0, 0];
  for (const limit of [...tokens.map(({ startOffset }) => startOffset), text.length]) {
    const own: Comment[] = [];
    for (let comment = comments[next]; comment !== undefined; comment = comments[next]) {
      if (comment.startOffset > limit) break;
      const lines = linesBetween(end, comment.startOffset);
      const trailing = lines === 0 && gaps.length > 0;
      own.push({ text: commentText(comment), trailing, emptyLineBefore: lines > 1 });
      end = endOf(comment);
      next += 1;
    }
    gaps.push({ comments: own.length === 0 ? NO_COMMENTS : own, emptyLine: linesBetween(end, limit) > 1 });
    const token = tokens[gaps.length - 1];
    if (token !== undefined) end = endOf(token);
  }
  return gaps;
}

type CstNode = NonNullable<Parsed['tree']>;
type CstElement = CstNode['children'][string][number];
interface Placed {
  readonly part: Part;
  readonly start: number;
}

const isNode = (element: CstElement): element is CstNode => 'children' in element;

/** Names are written in NFC, the form in which they are compared; all else stays as it is. */
const textOf = (role: string, image: string): string => (role === 'Name' ? image.normalize('NFC') : image);

function place(role: string, element: CstElement, gapAt: ReadonlyMap<number, Gap>): Placed | undefined {
  if (!isNode(element)) {
    const gap = gapAt.get(element.startOffset) ?? NO_GAP;
    return { part: { role, text: textOf(role, element.image), gap }, start: element.startOffset };
  }
  const placed = Object.entries(element.children)
    .flatMap(([name, elements]) => elements.flatMap((each) => place(name, each, gapAt) ?? []))
    .sort((a, b) => a.start - b.start);
  const [first] = placed;
  return first && { part: { role, parts: placed.map(({ part }) => part) }, start: first.start };
}

export interface Tree {
  /** Imports, definitions and objectives. */
  readonly parts: readonly Part[];
  /** What stands after the last token. */
  readonly end: Gap;
}

/** Orders a tree that was read without problems, and gives each of its tokens what stands before it. */
export function treeOf(text: string, lexed: Pick<Lexed, 'tokens' | 'comments'>, root: CstNode): Tree {
  const gaps = gapsOf(text, lexed);
  const gapAt = new Map(lexed.tokens.map(({ startOffset }, index) => [startOffset, gaps[index] ?? NO_GAP]));
  const file = place('file', root, gapAt)?.part;
  const end = gaps[gaps.length - 1] ?? NO_GAP;
  return { parts: file === undefined || isLeaf(file) ? [] : file.parts, end };
}
