/** Objectives as the files that they are compiled to, and where configuration and options put them. */
import { closeSync, openSync, readSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile } from '../compile.js';
import type { EmittedFile } from '../emit/backend.js';
import type { Configs } from './config/configs.js';
import { Failure } from './failure.js';
import { shownPath, type TextFile } from './files.js';
import type { Io } from './io.js';
import { TARGETS, type Target } from './targets.js';
import type { FileToWrite } from './written.js';

export const LANGUAGES = ['ts', 'js'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One objective, compiled. */
export interface Compiled {
  readonly objective: string;
  /** The name of the file that it comes from. */
  readonly source: string;
  /** The module, for JavaScript its types, too; or all that is in the folder. */
  readonly files: readonly FileToWrite[];
  readonly target: Target;
}

export interface Layout {
  /** From the current folder; nothing where neither options nor configuration say it. */
  readonly outDir: string | undefined;
  readonly language: Language;
  readonly standalone: boolean;
}

interface LayoutOptions {
  readonly outDir?: string;
  readonly language?: Language;
  readonly standalone?: boolean;
}

/** How a file is compiled: as the options say, or else as its configuration does. */
export async function layoutOf(
  io: Io,
  file: TextFile,
  options: LayoutOptions,
  configs: Configs,
): Promise<Layout> {
  const { folder, config } = await configs.ofFile(file.name);
  const { outDir, language = 'ts', standalone = false } = config.compile ?? {};
  return {
    outDir: options.outDir ?? (outDir === undefined ? undefined : shownPath(io, join(folder, outDir))),
    language: options.language ?? language,
    standalone: options.standalone ?? standalone,
  };
}

interface Place {
  readonly target: Target;
  /** Of the module, whose ending is its language, or of the folder. */
  readonly path: string;
  readonly standalone: boolean;
  /** Whether a module of tfjs carries kernels; nothing for any other. */
  readonly kernels: boolean;
}

/** Compiles one objective of a file that has no errors. */
export async function compiled(
  io: Io,
  file: TextFile,
  objective: string,
  { target, path, standalone, kernels }: Place,
): Promise<Compiled> {
  const language = path.endsWith('.js') ? 'js' : 'ts';
  const { name: source, text, resolve: find } = file;
  const how = { target, language, standalone, kernels } as const;
  const options = { name: source, objective, resolve: find, ...how };
  const { files } = await compile(text, options);
  const inOrder = [...files.filter((one) => !isTypes(one)), ...files.filter(isTypes)];
  const nameOf = (one: EmittedFile): string => {
    if (TARGETS[target].writes === 'folder') return `${path.replace(/\/+$/, '')}/${one.path}`;
    return isTypes(one) ? path.replace(/\.js$/, '.d.ts') : path;
  };
  const toWrite = inOrder.map((one): FileToWrite => {
    const name = nameOf(one);
    const { text: content, bytes } = one;
    return { path: resolve(io.cwd, name), name, text: content, ...(bytes !== undefined && { bytes }) };
  });
  return { objective, source: file.name, files: toWrite, target };
}

const isTypes = ({ path }: { readonly path: string }): boolean => path.endsWith('.d.ts');

/** Stands in the first line of every module, and at the head of every other file that counts as ours. */
const MARK = 'compiled by veriloss';

function isForeign({ path, bytes: own }: FileToWrite): boolean {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    const bytes = new Uint8Array(1024);
    const text = new TextDecoder().decode(bytes.subarray(0, readSync(handle, bytes)));
    const head = own === undefined ? (text.split('\n')[0] ?? '') : text;
    return text.trim() !== '' && !head.includes(MARK);
  } finally {
    closeSync(handle);
  }
}

/** Every module has a place of its own, at which nobody else's file stands. */
export function assertOwn(modules: readonly Compiled[]): void {
  const taken = new Map<string, Compiled>();
  for (const one of modules) {
    const [file] = one.files;
    if (file === undefined) continue;
    // Some file systems do not tell upper from lower case.
    const other = taken.get(file.path.toLowerCase());
    if (other !== undefined)
      throw new Failure(
        `\`${other.objective}\` of ${other.source} and \`${one.objective}\` of ${one.source} would share ${file.name}`,
        'rename one of them',
      );
    taken.set(file.path.toLowerCase(), one);
    const foreign = one.files
      .slice(0, TARGETS[one.target].writes === 'folder' ? undefined : 1)
      .find(isForeign);
    if (foreign !== undefined)
      throw new Failure(
        `${foreign.name} is not compiled code, and would be overwritten`,
        'move it, or choose another folder',
      );
  }
}
