/**
 * Bundles the command line into dist/cli/: a few files that load faster than a hundred, with the licences of all that
 * went into them. What is large and rarely needed stays outside: it is loaded when it is used.
 */
import { build } from 'esbuild';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Explained, ROOT } from './process.mjs';

const OUT = join(ROOT, 'dist/cli');

/** Loaded where they are installed, and only by what needs them. */
const OUTSIDE = ['prettier', 'prettier/*', 'ts-morph', 'wabt', '@tensorflow/*', 'webgpu'];

/** Packages for CommonJS ask for Node's own modules in this way. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);";

/** Writes dist/cli/veriloss.js, its parts and THIRD-PARTY-NOTICES.txt. Same sources, same bytes. */
export async function bundle() {
  await rm(OUT, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: {
      veriloss: 'src/cli/main.ts',
      'verify-thread': 'src/cli/verify/thread.ts',
      'bench-process': 'src/cli/bench/process.ts',
    },
    outdir: OUT,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: OUTSIDE,
    banner: { js: REQUIRE },
    // Not minified: the stack of an internal error names functions and lines. It costs a few milliseconds.
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  await writeFile(join(OUT, 'THIRD-PARTY-NOTICES.txt'), await notices(metafile.outputs));
}

/**
 * The folders of the packages that went into the output.
 * @param {import('esbuild').Metafile['outputs']} outputs
 */
function packagesIn(outputs) {
  const used = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const folders = used.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/**
 * Every licence once, under the packages that have it.
 * @param {import('esbuild').Metafile['outputs']} outputs
 */
async function notices(outputs) {
  /** @type {Map<string, string[]>} */
  const owners = new Map();
  for (const { title, text } of await Promise.all(packagesIn(outputs).map(licence)))
    owners.set(text, [...(owners.get(text) ?? []), title]);
  const head =
    'The command line of Veriloss (dist/cli) contains the following packages, each under its own licence.';
  const parts = [...owners].map(([text, titles]) => `${titles.join('\n')}\n\n${text}`);
  return `${[head, ...parts].join(`\n\n${'='.repeat(80)}\n\n`)}\n`;
}

/** @param {string} folder */
async function licence(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Explained(`${name} has no licence, and cannot go into dist/cli`);
  const entries = await readdir(join(ROOT, folder));
  const files = entries.filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(ROOT, folder, file), 'utf8')));
  const said =
    texts.length === 0 ? [`The package has no licence text; its manifest says ${license}.`] : texts;
  return { title: `${name} ${version} (${license})`, text: said.map((text) => text.trim()).join('\n\n') };
}
