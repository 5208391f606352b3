/**
 * Watches files and folders by way of the folders that they are in: so a file may vanish, come back and be replaced.
 * Each folder is watched by itself, not with all below it: a project's root has node_modules below it. Nothing polls.
 */
import { existsSync, readdirSync, statSync, watch, type Dirent, type FSWatcher } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { EXTENSIONS } from '../syntax/formats.js';
import { Failure } from './failure.js';

/** Editors write a file in several steps; this many milliseconds without another step are the end of them. */
const QUIET = 50;

export interface Watcher {
  /** Begins a new run: what it does not add is no longer watched. */
  readonly restart: () => void;
  /** Watches from now on, so before it is read, that no change falls between. */
  readonly add: (path: string, what: 'file' | 'folder') => void;
  readonly isEmpty: () => boolean;
  /** Waits for a change, which may have been already, and for the quiet after it. */
  readonly changed: (interrupted: AbortSignal | undefined) => Promise<'changed' | 'interrupted'>;
  readonly close: () => void;
}

interface Watched {
  readonly handle: FSWatcher;
  /** Which folder it is: another may take its name. */
  readonly identity: number;
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
const isBelow = (path: string, folder: string): boolean =>
  path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** The folder itself, or the nearest above it that is there. */
function existing(folder: string): string {
  let at = folder;
  while (!isFolder(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

/** A folder and those below it, without the ones that hold other people's files. */
function tree(folder: string): readonly string[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    // Closed to us, or gone meanwhile.
    return [folder];
  }
  const below = entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .flatMap((entry) => tree(join(folder, entry.name)));
  return [folder, ...below];
}

/** What a run read or looked for, by absolute path. */
export interface Wanted {
  readonly files: ReadonlySet<string>;
  /** Folders that it searched for objectives, with all below them. */
  readonly folders: ReadonlySet<string>;
}

/** Whether what happened to a path can matter to the run. What the run itself wrote does not. */
export function concerns({ files, folders }: Wanted, path: string): boolean {
  if (files.has(path) || folders.has(path)) return true;
  if ([...files, ...folders].some((one) => isBelow(one, path))) return true;
  const isIn = [...folders].some((folder) => isBelow(path, folder));
  return isIn && (EXTENSIONS.some((end) => path.toLowerCase().endsWith(end)) || isFolder(path));
}

export function watcher(): Watcher {
  const handles = new Map<string, Watched>();
  const wanted = { files: new Set<string>(), folders: new Set<string>(), watched: new Set<string>() };
  let isChanged = false;
  let wake = (): void => {};

  const change = (): void => {
    isChanged = true;
    wake();
  };
  const drop = (folder: string): void => {
    handles.get(folder)?.handle.close();
    handles.delete(folder);
  };

  const start = (folder: string): void => {
    wanted.watched.add(folder);
    const identity = statSync(folder, { throwIfNoEntry: false })?.ino;
    if (identity === undefined || handles.get(folder)?.identity === identity) return;
    drop(folder);
    let handle: FSWatcher;
    try {
      handle = watch(folder, (_event, name) => {
        const isGone = !existsSync(folder);
        if (isGone) drop(folder);
        if (isGone || name === null || concerns(wanted, join(folder, name))) change();
      });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      // A folder far above may be closed to us; what is in it cannot be read either.
      if (['EACCES', 'EPERM', 'ENOENT'].includes(code)) return;
      throw new Failure(`${folder} cannot be watched (${code})`, 'run the command without --watch');
    }
    handles.set(folder, { handle, identity });
    // A folder that is removed is an error on some systems.
    handle.on('error', () => {
      drop(folder);
      change();
    });
  };

  return {
    restart: () => {
      isChanged = false;
      for (const set of Object.values(wanted)) set.clear();
    },
    add: (path, what) => {
      wanted[what === 'file' ? 'files' : 'folders'].add(path);
      if (what === 'file') start(existing(dirname(path)));
      else for (const folder of isFolder(path) ? tree(path) : [existing(path)]) start(folder);
      // To see the folder itself come and go.
      if (what === 'folder') start(existing(dirname(path)));
    },
    isEmpty: () => wanted.files.size + wanted.folders.size === 0,
    changed: async (interrupted) => {
      for (const folder of handles.keys()) if (!wanted.watched.has(folder)) drop(folder);
      const outcome = await new Promise<'changed' | 'interrupted'>((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        wake = () => {
          clearTimeout(timer);
          timer = setTimeout(() => {
            resolve('changed');
          }, QUIET);
        };
        const stop = (): void => {
          clearTimeout(timer);
          resolve('interrupted');
        };
        if (interrupted?.aborted) stop();
        else interrupted?.addEventListener('abort', stop, { once: true });
        if (isChanged) wake();
      });
      wake = () => {};
      return outcome;
    },
    close: () => {
      for (const folder of [...handles.keys()]) drop(folder);
    },
  };
}
