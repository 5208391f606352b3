/** Documentation comments: the `#` lines directly above an objective or an item. */
import type { Token } from '../../../grammar/lexer.js';
import type { Doc } from '../ast.js';

type Field = Doc['fields'][number];

/** Finds the documentation above an offset. */
export type DocAt = (offset: number) => Doc | undefined;

const FIELD = /^\s*(paper|equation|differs):\s*(.*)$/;

function read(lines: readonly string[]): Pick<Doc, 'text' | 'fields'> {
  const free: string[] = [];
  const fields: Field[] = [];
  let open = false;
  for (const line of lines) {
    const [, key, rest = ''] = FIELD.exec(line) ?? [];
    const last = fields[fields.length - 1];
    if (key === 'paper' || key === 'equation' || key === 'differs') {
      fields.push({ key, text: rest.trimEnd() });
      open = true;
    } else if (open && last !== undefined && line.trim() !== '') {
      // A field goes on to the next field or to an empty line.
      fields[fields.length - 1] = { key: last.key, text: `${last.text} ${line.trim()}`.trim() };
    } else {
      open = false;
      free.push(line);
    }
  }
  return { text: free.join('\n').trim(), fields };
}

// What the lexer takes for blanks, which is more than \s.
const isBlank = (text: string): boolean => /^[\s\u200b]*$/.test(text);

/** Prepares the look-up: comments that have a line to themselves, by the offset of that line's end. */
export function documentation(text: string, comments: readonly Token[]): DocAt {
  const lineStart = (offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;
  const byEnd = new Map<number, Token>();
  for (const comment of comments)
    if (isBlank(text.slice(lineStart(comment.startOffset), comment.startOffset)))
      byEnd.set(comment.startOffset + comment.image.length, comment);

  return (offset) => {
    const start = lineStart(offset);
    if (!isBlank(text.slice(start, offset))) return undefined;
    const found: Token[] = [];
    for (let end = start - 1; ;) {
      const comment = byEnd.get(end);
      if (comment === undefined) break;
      found.unshift(comment);
      end = lineStart(comment.startOffset) - 1;
    }
    const [first, last] = [found[0], found[found.length - 1]];
    if (first === undefined || last === undefined) return undefined;
    const lines = found.map((comment) => comment.image.replace(/^#\s?/, '').trimEnd());
    return { ...read(lines), span: { start: first.startOffset, end: last.startOffset + last.image.length } };
  };
}
