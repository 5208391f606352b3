/** Builds dist/: TypeScript to JavaScript, the command line in one piece, the objectives with the compiler so made. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { must, ROOT, runTool } from './process.mjs';

const DIST = join(ROOT, 'dist');
/** Holds the fingerprint of what dist/ was built from. */
const STAMP = join(ROOT, 'build/dist-stamp');
const SOURCES = [
  'src',
  'grammar',
  'objectives',
  'scripts/build-objectives.ts',
  'scripts/bundle.mjs',
  'tsconfig.json',
  'package-lock.json',
];

/** @param {string} folder */
async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Changes when any file that dist/ is made from does. */
async function fingerprint() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const path = join(ROOT, source);
    const members = (await stat(path).catch(() => null))?.isDirectory() ? await files(path) : [path];
    for (const member of members.sort()) {
      hash.update(member.slice(ROOT.length));
      hash.update(await readFile(member).catch(() => ''));
    }
  }
  return hash.digest('hex');
}

/** Brings dist/ up to date; does nothing if it is. */
export async function build() {
  const wanted = await fingerprint();
  if (existsSync(DIST) && (await readFile(STAMP, 'utf8').catch(() => '')) === wanted) return;
  await rm(STAMP, { force: true });
  await mkdir(join(ROOT, 'build'), { recursive: true });
  const started = join(ROOT, 'build/dist-started');
  await writeFile(started, '');
  const { mtimeMs } = await stat(started);
  await must('The build', runTool('typescript/bin/tsc', ['-p', 'tsconfig.json']));
  // What it needs is installed only now, on a fresh machine.
  const { bundle } = await import('./bundle.mjs');
  await bundle();
  await must('Compiling objectives/', runTool('tsx/dist/cli.mjs', ['scripts/build-objectives.ts']));
  // What this build did not write belongs to a source that is gone.
  for (const file of await files(DIST)) if ((await stat(file)).mtimeMs < mtimeMs) await rm(file);
  await writeFile(STAMP, wanted);
}
