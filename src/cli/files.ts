/** Reads what the user names: files, folders of objectives, standard input. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { nearest } from '../base/suggest.js';
import type { Resolve } from '../link/link.js';
import { EXTENSIONS, looksLike } from '../syntax/formats.js';
import type { Applied } from './config/config.js';
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

/** What messages call a path: from the current folder, with `/`. */
export const shownPath = (io: Io, path: string): string =>
  relative(io.cwd, path).replaceAll('\\', '/') || '.';

function readBytes(io: Io, name: string): Uint8Array {
  io.onRead(resolve(io.cwd, name), 'file');
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

const EVERYWHERE = EXTENSIONS.map((extension) => `**/*${extension}`);

/** The paths below a folder that patterns match, in order of their names. */
async function matches(folder: string, patterns: readonly string[]): Promise<readonly string[]> {
  // Only a folder needs it; a file is checked sooner without.
  const { glob } = await import('tinyglobby');
  const options = { cwd: folder, caseSensitiveMatch: false, expandDirectories: false };
  return (await glob([...patterns], { ...options, ignore: ['**/node_modules/**'] })).sort();
}

/** The objectives among files; other formats with the extension are passed over. */
const objectivesAmong = (io: Io, names: readonly string[]): readonly TextFile[] =>
  names.flatMap((name) => {
    const bytes = readBytes(io, name);
    if (looksLike(new TextDecoder().decode(bytes)) !== 'objective') return [];
    return [textFile(io, name, bytes)];
  });

async function objectivesIn(io: Io, folder: string): Promise<readonly TextFile[]> {
  const path = resolve(io.cwd, folder);
  io.onRead(path, 'folder');
  const stem = folder === '.' ? '' : folder.replace(/[\\/]*$/, '/');
  const found = objectivesAmong(
    io,
    (await matches(path, EVERYWHERE)).map((name) => stem + name),
  );
  if (found.length > 0) return found;
  throw new Failure(
    `${folder} holds no objective`,
    `objectives have the extension ${EXTENSIONS.map((one) => `\`${one}\``).join(' or ')}`,
  );
}

/** Where objectives are when neither a path nor a configuration says it. */
export const DEFAULT_FOLDER = 'objectives';
const isObjective = (path: string): boolean =>
  EXTENSIONS.some((extension) => path.toLowerCase().endsWith(extension));
/** The part of a pattern that is a folder: what stands before its first special character. */
const folderOf = (pattern: string): string => /^[^*?[\]{}()!+@]*(?=\/|$)/.exec(pattern)?.[0] ?? '';

/** The names of the files that a configuration includes, whatever they hold. */
export async function includedNames(io: Io, { folder, config }: Applied): Promise<readonly string[]> {
  const { include = [`${DEFAULT_FOLDER}/**`] } = config;
  for (const pattern of include)
    if (!pattern.startsWith('!')) io.onRead(join(folder, folderOf(pattern)), 'folder');
  const paths = (await matches(folder, include)).filter(isObjective);
  return paths.map((path) => shownPath(io, join(folder, path)));
}

/** The objectives that a configuration includes. */
async function included(io: Io, applied: Applied): Promise<readonly TextFile[]> {
  const found = objectivesAmong(io, await includedNames(io, applied));
  if (found.length > 0) return found;
  const { folder, file, config } = applied;
  if (file !== undefined && config.include !== undefined)
    throw new Failure(
      `no objective matches \`include\` of ${shownPath(io, file)}`,
      `it is ${config.include.map((pattern) => `\`${pattern}\``).join(', ')}`,
    );
  const path = shownPath(io, join(folder, DEFAULT_FOLDER));
  if (isFolder(io, path)) throw new Failure(`${path}/ holds no objective`);
  throw new Failure(
    `there is no folder \`${path}/\`${file === undefined ? ' here' : ''}`,
    'name files or folders, or begin with `veriloss init`',
  );
}

export interface FilesOptions {
  readonly stdinName?: string | undefined;
  /** The configuration that says which files there are where no path does; else the nearest one. */
  readonly applied?: () => Promise<Applied>;
}

const nearestApplied = async (io: Io): Promise<Applied> =>
  (await import('./config/configs.js')).configs(io, {}).ofFolder();

/**
 * The objective files that paths name: each file once, in the order of the paths; without paths, those that the
 * configuration of the current folder includes.
 */
export async function objectiveFiles(
  io: Io,
  paths: readonly string[],
  { stdinName, applied = () => nearestApplied(io) }: FilesOptions = {},
): Promise<readonly TextFile[]> {
  if (paths.length === 0) return included(io, await applied());
  const found = new Map<string, TextFile>();
  const add = (file: TextFile, key = resolve(io.cwd, file.name)): void => {
    if (!found.has(key)) found.set(key, file);
  };
  for (const path of paths) {
    if (isFolder(io, path)) {
      for (const file of await objectivesIn(io, path)) add(file);
      continue;
    }
    if (path === STDIN && found.has(STDIN)) throw new Failure('standard input can be read only once');
    add(await readText(io, path, stdinName), path === STDIN ? STDIN : undefined);
  }
  return [...found.values()];
}

const isFolder = (io: Io, path: string): boolean =>
  path !== STDIN && (statSync(resolve(io.cwd, path), { throwIfNoEntry: false })?.isDirectory() ?? false);
