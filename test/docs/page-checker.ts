/** Whether every block of a page is what the words after its fence say; `pages.test.ts` lists those words. Not a test. */
import { execFileSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseBatch } from '../../src/batch/json.js';
import type { Unit } from '../../src/compile.js';
import { checkBatch } from '../../src/evaluation.js';
import { ROOT } from '../sources.js';
import { terminal, type Terminal } from '../cli/terminal.js';
import { blocksOf, setting, type Block } from './blocks.js';
import { asObjective, levelsOf, told } from './fragment.js';

/** Languages of which only the reader knows whether they are right. */
const LEFT_ALONE = ['ts', 'js', 'python', 'ebnf', 'text', 'diff', 'toml', 'yaml'];

interface Page {
  readonly folder: Terminal;
  /** Files that blocks have put into the folder. */
  readonly files: Map<string, string>;
  /** The objective that a batch has to fit. */
  unit?: Unit | undefined;
  /** What the commands of the last block printed. */
  printed?: string | undefined;
}

/** What is wrong with the blocks of a page, each with its line; `fails` are commands that cannot run here. */
export async function complaints(text: string, fails: readonly string[] = []): Promise<readonly string[]> {
  const folder = terminal();
  cpSync(join(ROOT, 'objectives'), join(folder.folder, 'objectives'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder.folder, 'node_modules'), 'junction');
  const page: Page = { folder, files: new Map() };
  const found: string[] = [];
  for (const block of blocksOf(text)) {
    const wrong = await complaint(block, page, fails);
    if (wrong !== undefined) found.push(`${block.line}: ${wrong}`);
  }
  return found;
}

async function complaint(block: Block, page: Page, fails: readonly string[]): Promise<string | undefined> {
  const [language = '', ...words] = block.info;
  const { printed } = page;
  page.printed = undefined;
  const file = setting(block, 'file');
  if (file !== undefined) {
    page.files.set(file, block.text);
    page.folder.write(file, block.text);
  }
  const form = [language, ...words.filter((word) => !word.includes('='))].join(' ');
  const [, expected] = /^obj(?: items)? error ([EW]\d{4})$/.exec(form) ?? [];
  const [, level] = /^obj expr (batch|group|rollout|token)$/.exec(form) ?? [];
  if (expected !== undefined) return wrongProgram(block, expected, page);
  if (level !== undefined) return expressions(block, level);
  if (form === 'obj' || form === 'obj items') return rightProgram(block, page);
  if (form === 'json batch') return batch(block, page);
  if (form === 'json') return whole(block.text);
  if (form === 'sh') return commands(block, page, fails);
  if (form === 'text' && printed !== undefined) return difference(block.text, printed);
  if (LEFT_ALONE.includes(form)) return undefined;
  return `no block is \`${block.info.join(' ')}\``;
}

const read = (block: Block, page: Page): ReturnType<typeof told> => {
  const isWhole = !block.info.includes('items');
  const text = isWhole ? block.text : asObjective(block.text);
  return told(text, isWhole, (path) => {
    const imported = page.files.get(path.replace(/^\.\//, ''));
    return imported === undefined ? undefined : { name: path, text: imported };
  });
};

function rightProgram(block: Block, page: Page): string | undefined {
  const { analysis, codes } = read(block, page);
  page.unit = analysis.units[0] ?? page.unit;
  return codes.length === 0 ? undefined : `expected a right program, found ${codes.join(' ')}`;
}

/** Exactly the code; a pedantic one among the pedantic ones, which other lines may give as well. */
function wrongProgram(block: Block, expected: string, page: Page): string | undefined {
  const { codes, asked } = read(block, page);
  const isAsked = codes.length === 0 && asked.includes(expected);
  if (isAsked || codes.join(' ') === expected) return undefined;
  return `expected ${expected}, found ${[...codes, ...asked].join(' ') || 'nothing'}`;
}

function expressions(block: Block, level: string): string | undefined {
  const levels = levelsOf(block.text);
  if (levels.length === 0) return 'expected an expression a line, found none';
  const other = levels.find(([, found]) => found !== level);
  return other && `expected ${level}, found ${other[1]}: ${other[0]}`;
}

function batch(block: Block, { unit }: Page): string | undefined {
  if (unit === undefined) return 'no objective stands before this batch';
  const parsed = parseBatch(block.text);
  if ('problem' in parsed) return parsed.problem.message;
  const checked = checkBatch(unit.program, parsed.raw, {});
  return 'problem' in checked ? checked.problem.message : undefined;
}

function whole(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (failure) {
    return String(failure);
  }
}

/** Runs the lines that are ours, each with the exit code that the block states, and keeps what they print. */
async function commands(block: Block, page: Page, fails: readonly string[]): Promise<string | undefined> {
  const expected = Number(setting(block, 'exit') ?? 0);
  let [ours, printed] = [0, ''];
  for (const line of block.text.replaceAll('\\\n', ' ').split('\n')) {
    const command = line.replace(/(^|\s)#.*$/, '').trim();
    const result = await ran(command, page);
    if (result === undefined) continue;
    if (fails.includes(command)) {
      if (result.code === expected) return `runs after all: ${command}`;
      continue;
    }
    if (result.code !== expected)
      return `expected exit code ${expected}, found ${result.code}: ${command}\n${result.text}`;
    [ours, printed] = [ours + 1, printed + result.text];
  }
  page.printed = ours === 0 ? undefined : printed;
  return undefined;
}

interface Ran {
  readonly code: number;
  readonly text: string;
}

async function ran(command: string, { folder }: Page): Promise<Ran | undefined> {
  const [, piped, line] = /^(?:cat (\S+) \| )?(?:npx )?veriloss (.*)$/.exec(command) ?? [];
  if (line !== undefined) {
    if (/\s(-w|--watch)\b/.test(` ${line}`)) return { code: NaN, text: 'it never ends' };
    // Verdicts of the page itself are kept, and none that another version left.
    const env = { VERILOSS_CACHE: '.verdicts' };
    const { code, stdout, stderr } = await folder.veriloss(
      line,
      piped === undefined ? { env } : { env, stdin: folder.read(piped) },
    );
    return { code, text: stderr + stdout };
  }
  const [, script] = /^node (\S+)$/.exec(command) ?? [];
  if (script === undefined) return undefined;
  try {
    const text = execFileSync(process.execPath, [script], {
      cwd: folder.folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return { code: 0, text };
  } catch (failure) {
    return { code: 1, text: String(failure) };
  }
}

/** Equal line by line, where a line `…` stands for any number of them; how long something took is not compared. */
export function difference(shown: string, printed: string): string | undefined {
  const linesOf = (text: string): readonly string[] =>
    text
      .trim()
      .replace(/\bin \d[\d.]* m?s\b/g, 'in N ms')
      .split('\n')
      .map((line) => line.trimEnd());
  const [pattern, lines] = [linesOf(shown), linesOf(printed)];
  const escaped = pattern.map((line) =>
    line.trim() === '…' ? '(?:.*\n)*' : `${line.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\n`,
  );
  if (new RegExp(`^${escaped.join('')}$`).test(`${lines.join('\n')}\n`)) return undefined;
  const strange = pattern.find((line) => line.trim() !== '…' && !lines.includes(line));
  return `not what is printed${strange === undefined ? '' : `: ${strange}`}\n${printed}`;
}
