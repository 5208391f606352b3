/** The fenced blocks of a page of documentation. Not a test. */

export interface Block {
  /** Of the opening fence, from 1. */
  readonly line: number;
  /** The words after the opening fence. */
  readonly info: readonly string[];
  readonly text: string;
}

/** Every fenced block of a page, in order; one in a list loses the list's indent. */
export function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { readonly fence: string; readonly indent: number; readonly at: number } | undefined;
  const lines = page.split('\n');
  for (const [at, line] of lines.entries()) {
    const [, indent = '', fence = '', info = ''] = /^( *)(`{3,})(.*)$/.exec(line) ?? [];
    if (open === undefined && fence !== '') open = { fence, indent: indent.length, at };
    else if (open !== undefined && fence.length >= open.fence.length && info.trim() === '') {
      const { indent: cut, at: start } = open;
      const inside = lines.slice(start + 1, at).map((one) => one.slice(Math.min(cut, one.search(/\S|$/))));
      const words = (lines[start] ?? '').replace(/^ *`+/, '').trim().split(/\s+/);
      blocks.push({
        line: start + 1,
        info: words.filter((word) => word !== ''),
        text: inside.map((one) => `${one}\n`).join(''),
      });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`the block at line ${open.at + 1} is never closed`);
  return blocks;
}

/** The value of `key=value` in the words after a fence. */
export const setting = ({ info }: Block, key: string): string | undefined =>
  info.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
