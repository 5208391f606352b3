/** Finds the files that an objective file imports, relative to the folder that it stands in. */
import { readFileSync, statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { Resolve } from '../link/link.js';
import type { Io } from './io.js';

const forward = (path: string): string => path.replaceAll('\\', '/');

/** What a file is called that another one imports by a path. */
export const importedName = (path: string, from: string): string =>
  posix.normalize(posix.join(posix.dirname(forward(from)), path));

/** For `analyze` and `compile`. What cannot be read as a file is not there. */
export const importsFrom =
  (io: Io): Resolve =>
  (path, from) => {
    const name = importedName(path, from);
    const place = resolve(io.cwd, name);
    io.onRead(place, 'file');
    try {
      if (!statSync(place).isFile()) return undefined;
      return { name, text: new TextDecoder().decode(readFileSync(place)) };
    } catch {
      return undefined;
    }
  };
