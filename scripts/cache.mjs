/** The folder for what tests need but `npm ci` must not fetch: drivers, libraries, other Nodes. Safe to delete. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Explained, npm, output } from './process.mjs';

/** `$VERILOSS_CACHE`, else `veriloss` in the user's cache folder. */
export const CACHE =
  process.env.VERILOSS_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'veriloss');

/**
 * The folder of that name in the cache, or in another one, made by `make` if it is not there. A folder is either whole or
 * absent: it is made beside its place and moved there.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} make
 * @param {string} [inside]
 */
export async function cached(name, make, inside = CACHE) {
  const folder = join(inside, name);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    await make(draft);
    // Another process may have been faster, with the same result.
    if (!existsSync(folder)) await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

/**
 * Downloads a package's archive through npm, without installing it, and answers the archive's bytes.
 * @param {string} spec such as `name@1.2.3`
 * @param {string} integrity the archive's SHA-512, in base64
 * @param {string} folder where npm may leave the archive
 */
export async function packed(spec, integrity, folder) {
  const [command, first] = npm();
  const said = await output(command, [...first, 'pack', spec, '--json', '--pack-destination', folder], {
    cwd: folder,
  });
  /** @type {readonly { filename: string }[] | Record<string, { filename: string }>} */
  const answer = JSON.parse(said);
  const entry = Object.values(answer)[0];
  if (entry === undefined) throw new Error(`npm packed nothing for ${spec}`);
  const archive = join(folder, entry.filename);
  const bytes = await readFile(archive);
  await rm(archive);
  const found = createHash('sha512').update(bytes).digest('base64');
  if (found !== integrity)
    throw new Explained(`${spec} is not the archive that was expected: its SHA-512 is ${found}`);
  return bytes;
}
