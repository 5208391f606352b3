/** Objectives as the files that they are compiled to, and where configuration and options put them. */
import { closeSync, openSync, readSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compile } from '../compile.js';
import type { Configs } from './config/configs.js';
import { Failure } from './failure.js';
import { shownPath, type TextFile } from './files.js';
import type { Io } from './io.js';
import type { FileToWrite } from './written.js';

export const LANGUAGES = ['ts', 'js'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One objective, compiled. */
export interface Compiled {
  readonly objective: string;
  /** The name of the file that it comes from. */
  readonly source: string;
  /** The module; for JavaScript its types, too. */
  readonly files: readonly FileToWrite[];
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

/** Compiles one objective of a file that has no errors. The language is that of the path. */
export async function compiled(
  io: Io,
  file: TextFile,
  objective: string,
  { path, standalone }: { readonly path: string; readonly standalone: boolean },
): Promise<Compiled> {
  const language = path.endsWith('.js') ? 'js' : 'ts';
  const { name: source, text, resolve: find } = file;
  const options = { name: source, objective, target: 'tfjs', language, standalone, resolve: find } as const;
  const { files } = await compile(text, options);
  const [types, code] = [files.filter(isTypes), files.filter((one) => !isTypes(one))];
  const toWrite = [...code, ...types].map((one) => {
    const name = isTypes(one) ? path.replace(/\.js$/, '.d.ts') : path;
    return { path: resolve(io.cwd, name), name, text: one.text };
  });
  return { objective, source: file.name, files: toWrite };
}

const isTypes = ({ path }: { readonly path: string }): boolean => path.endsWith('.d.ts');

/** Stands in the first line of every module. */
const MARK = 'compiled by veriloss';

function isForeign({ path }: FileToWrite): boolean {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    const bytes = new Uint8Array(1024);
    const text = new TextDecoder().decode(bytes.subarray(0, readSync(handle, bytes)));
    return text.trim() !== '' && !(text.split('\n')[0] ?? '').includes(MARK);
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
    if (isForeign(file))
      throw new Failure(
        `${file.name} is not compiled code, and would be overwritten`,
        'move it, or choose another folder',
      );
  }
}
