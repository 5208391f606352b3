/** Writes files whole or not at all: a reader never sees half of one, also when the process is stopped. */
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from './failure.js';

export interface FileToWrite {
  readonly path: string;
  /** What messages call it. */
  readonly name: string;
  readonly text: string;
  /** What the file holds, where that is no text. */
  readonly bytes?: Uint8Array;
}

/** A link is written through, not replaced. */
function target(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** What a file that is there says of its replacement: it must be writable, and its mode stays. */
function modeOf(path: string): number | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined) accessSync(path, constants.W_OK);
  return found?.mode;
}

/** Writes every file beside its place first, and moves them there only when all are complete. */
export function writeAll(files: readonly FileToWrite[]): void {
  const moves: { readonly from: string; readonly to: string }[] = [];
  let current = '';
  try {
    for (const { path, name, text, bytes } of files) {
      current = name;
      const to = target(path);
      const from = join(dirname(to), `.${basename(to)}.${process.pid}.tmp`);
      const mode = modeOf(to);
      mkdirSync(dirname(to), { recursive: true });
      moves.push({ from, to });
      writeFileSync(from, bytes ?? text);
      if (mode !== undefined) chmodSync(from, mode);
    }
    for (const { from, to } of moves) renameSync(from, to);
  } catch (error) {
    for (const { from } of moves) rmSync(from, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Failure(`${current} cannot be written (${code})`);
  }
}

/**
 * The first line, 1-based, at which the file on disk differs from the text; `different` where it is no text; `missing`,
 * or nothing when it is the same.
 */
export function difference({ path, text, bytes }: FileToWrite): number | 'different' | 'missing' | undefined {
  let read: Buffer;
  try {
    read = readFileSync(path);
  } catch {
    return 'missing';
  }
  if (bytes !== undefined) return read.equals(bytes) ? undefined : 'different';
  const found = read.toString('utf8');
  // Git may have changed the line ends on the way to the disk.
  const [there, wanted] = [found.replaceAll('\r\n', '\n').split('\n'), text.split('\n')];
  const at = wanted.findIndex((line, index) => line !== there[index]);
  if (at >= 0) return at + 1;
  return there.length > wanted.length ? wanted.length + 1 : undefined;
}
