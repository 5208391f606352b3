/** Which configuration applies to which file: the nearest one, one that is named, or none. */
import { dirname, resolve } from 'node:path';
import { Failure } from '../failure.js';
import { shownPath, STDIN_NAME } from '../files.js';
import type { Io } from '../io.js';
import type { Applied } from './config.js';
import { nearestConfig, type Found } from './find.js';
import { readNamedConfig } from './read.js';

export interface ConfigOptions {
  readonly config?: string;
  readonly isolated?: true;
}

export interface Configs {
  /** For a file, by the name that messages call it. */
  readonly ofFile: (name: string) => Promise<Applied>;
  /** For the current folder, where no file is named. */
  readonly ofFolder: () => Promise<Applied>;
}

async function applied(io: Io, folder: string, found: Found | undefined): Promise<Applied> {
  if (found === undefined) return { file: undefined, folder, config: {} };
  const { validated } = await import('./validated.js');
  const config = validated(shownPath(io, found.file), found.value);
  return { file: found.file, folder: dirname(found.file), config };
}

/** Each file is read once, however many objectives it applies to. */
export function configs(io: Io, { config, isolated }: ConfigOptions): Configs {
  if (config !== undefined && isolated) throw new Failure('--config and --isolated exclude each other');
  const folders = new Map<string, Promise<Applied>>();
  const lookUp = async (folder: string): Promise<Applied> => {
    if (isolated) return applied(io, io.cwd, undefined);
    if (config === undefined) return applied(io, io.cwd, await nearestConfig(io, folder));
    const file = resolve(io.cwd, config);
    return applied(io, folder, { file, value: await readNamedConfig(io, file) });
  };
  const of = (folder: string): Promise<Applied> => {
    const key = config === undefined ? folder : '';
    const known = folders.get(key) ?? lookUp(folder);
    folders.set(key, known);
    return known;
  };
  return {
    ofFile: (name) => of(name === STDIN_NAME ? io.cwd : dirname(resolve(io.cwd, name))),
    ofFolder: () => of(io.cwd),
  };
}
