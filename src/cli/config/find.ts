/** Finds the configuration file nearest to a folder, by tests of existence alone where there is none. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Io } from '../io.js';
import { CONFIG_NAMES } from './config.js';
import { readConfigFile } from './read.js';

export interface Found {
  readonly file: string;
  /** As the file gives it; nobody has looked at it yet. */
  readonly value: unknown;
}

/** The configuration that a folder has itself. */
export async function configIn(io: Io, folder: string): Promise<Found | undefined> {
  for (const name of CONFIG_NAMES) {
    const file = join(folder, name);
    io.onRead(file, 'file');
    if (!existsSync(file)) continue;
    const value = await readConfigFile(io, file);
    if (value !== undefined) return { file, value };
  }
  return undefined;
}

/** The configuration of a folder: its own, or that of the closest folder above it. */
export async function nearestConfig(io: Io, folder: string): Promise<Found | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await configIn(io, at);
    if (found !== undefined || dirname(at) === at) return found;
  }
}
