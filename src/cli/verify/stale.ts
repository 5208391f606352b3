/** Files of earlier runs, of claims that are no longer decided or no longer there. */
import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Verified } from '../../report/verified.js';
import type { Io } from '../io.js';
import type { FileToWrite } from '../written.js';

/** As `stored.ts` names them, below the folder of their objective. */
const OURS = /^\d{2,}-[^/\\]*\.jsonl?$/u;

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Removes, of the objectives that were verified, what is not written now. */
export function removeStale(
  io: Io,
  folder: string,
  files: readonly Verified[],
  written: readonly FileToWrite[],
): void {
  const kept = new Set(written.map(({ path }) => path));
  for (const { name } of files.flatMap(({ objectives }) => objectives)) {
    const own = resolve(io.cwd, folder, name);
    const stale = namesIn(own)
      .filter((file) => OURS.test(file))
      .map((file) => join(own, file))
      .filter((path) => !kept.has(path));
    for (const path of stale) rmSync(path, { force: true });
  }
}
