/** Reads what the user names: files, folders of objectives, standard input. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { nearest } from '../base/suggest.js';
import { EXTENSIONS, looksLike } from '../syntax/formats.js';
import type { Resolve } from '../link/link.js';
import { Failure } from './failure.js';
import { importsFrom } from './imports.js';
import type { Io } from './io.js';

export interface TextFile {
  /** What messages call it: the path as given, or that of standard input. */
  readonly name: string;
  readonly text: string;
  /** Finds what it imports. */
  readonly resolve: Resolve;
  /** Whether a byte-order mark stands before the text. */
  readonly byteOrderMark?: true;
}

const STDIN = '-';
/** What standard input is called unless `--stdin-filename` says otherwise. */
export const STDIN_NAME = '<stdin>';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

/** Why a path cannot be used. */
function fileFailure(io: Io, name: string, error: unknown): Failure {
  const code = codeOf(error);
  if (code === 'EISDIR') return new Failure(`${name} is a folder, expected a file`);
  if (code === 'EACCES' || code === 'EPERM') return new Failure(`${name} may not be read`);
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return new Failure(`${name} cannot be read (${code})`);
  const meant = nearest(basename(name), siblings(resolve(io.cwd, name)));
  const path = meant === undefined ? '' : name.replace(/[^\\/]+[\\/]*$/, meant);
  return new Failure(`there is no ${name}`, meant === undefined ? undefined : `did you mean \`${path}\`?`);
}

function siblings(path: string): readonly string[] {
  try {
    return readdirSync(dirname(path));
  } catch {
    return [];
  }
}

function readBytes(io: Io, name: string): Uint8Array {
  try {
    return readFileSync(resolve(io.cwd, name));
  } catch (error) {
    throw fileFailure(io, name, error);
  }
}

/** Text of bytes; binary data is passed on, since the parser has words for it. */
function decode(name: string, bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  if (looksLike(text) === 'binary') return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Failure(`${name} is not UTF-8 text`, 'save it as UTF-8');
  }
}

const textFile = (io: Io, name: string, bytes: Uint8Array): TextFile => ({
  name,
  text: decode(name, bytes),
  resolve: importsFrom(io),
  ...(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? { byteOrderMark: true } : {}),
});

/** The text of a file, or of standard input for `-`. */
export async function readText(io: Io, path: string, stdinName = STDIN_NAME): Promise<TextFile> {
  if (path === STDIN) return textFile(io, stdinName, await io.readStdin());
  return textFile(io, path, readBytes(io, path));
}

/** The objective files in a folder and below, in order of their names; other formats with the extension are passed over. */
async function objectivesIn(io: Io, folder: string): Promise<readonly TextFile[]> {
  const cwd = resolve(io.cwd, folder);
  const patterns = EXTENSIONS.map((extension) => `**/*${extension}`);
  const ignore = ['**/node_modules/**'];
  const paths = await glob(patterns, { cwd, ignore, caseSensitiveMatch: false, expandDirectories: false });
  const stem = folder === '.' ? '' : folder.replace(/[\\/]*$/, '/');
  const files: TextFile[] = [];
  for (const path of paths.sort()) {
    const bytes = readBytes(io, stem + path);
    if (looksLike(new TextDecoder().decode(bytes)) !== 'objective') continue;
    files.push(textFile(io, stem + path, bytes));
  }
  return files;
}

const DEFAULT_FOLDER = 'objectives/';

/** The objective files that paths name: each file once, in the order of the paths; `objectives/` when there are none. */
export async function objectiveFiles(
  io: Io,
  paths: readonly string[],
  stdinName?: string,
): Promise<readonly TextFile[]> {
  const found = new Map<string, TextFile>();
  const add = (file: TextFile, key = resolve(io.cwd, file.name)): void => {
    if (!found.has(key)) found.set(key, file);
  };
  for (const path of paths.length === 0 ? [defaultFolder(io)] : paths) {
    if (!isFolder(io, path)) {
      if (path === STDIN && found.has(STDIN)) throw new Failure('standard input can be read only once');
      add(await readText(io, path, stdinName), path === STDIN ? STDIN : undefined);
      continue;
    }
    const files = await objectivesIn(io, path);
    if (files.length === 0)
      throw new Failure(
        `${path} holds no objective`,
        `objectives have the extension ${EXTENSIONS.map((one) => `\`${one}\``).join(' or ')}`,
      );
    for (const file of files) add(file);
  }
  return [...found.values()];
}

function defaultFolder(io: Io): string {
  if (isFolder(io, DEFAULT_FOLDER)) return DEFAULT_FOLDER;
  throw new Failure(`there is no folder \`${DEFAULT_FOLDER}\` here`, 'name files or folders');
}

const isFolder = (io: Io, path: string): boolean =>
  path !== STDIN && (statSync(resolve(io.cwd, path), { throwIfNoEntry: false })?.isDirectory() ?? false);
