/**
 * Compiles objectives/*.obj with the built compiler to dist/objectives/*.js and *.d.ts, so that
 * `import … from 'veriloss/objectives/grpo'` needs no compiler at run time.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { glob } from 'tinyglobby';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const COMPILER = join(ROOT, 'dist/src/index.js');
const OUT = join(ROOT, 'dist/objectives');

/** What is used of the compiler: it is built by now, but not when this file is type-checked. */
interface Compiler {
  compile(
    text: string,
    options: { name: string; target: 'tfjs'; language: 'js' },
  ): Promise<{
    readonly files: readonly { readonly path: string; readonly text: string }[];
    readonly diagnostics: readonly {
      readonly code: string;
      readonly severity: string;
      readonly title: string;
    }[];
  }>;
}

/** `import text from 'veriloss/objectives/grpo.obj'`, with a bundler's raw loader. */
const SOURCE_TYPES = `declare const source: string;\nexport default source;\n`;

await mkdir(OUT, { recursive: true });
await writeFile(join(OUT, 'source.d.ts'), SOURCE_TYPES);

const { compile } = (await import(pathToFileURL(COMPILER).href)) as Compiler;
for (const path of (await glob('objectives/*.obj', { cwd: ROOT })).sort()) {
  const text = await readFile(join(ROOT, path), 'utf8');
  const { files, diagnostics } = await compile(text, { name: path, target: 'tfjs', language: 'js' });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new Error([`${path} does not compile:`, ...errors.map((e) => `${e.code} ${e.title}`)].join('\n'));
  // Named after the .obj file, as the package exports them.
  for (const extension of ['.js', '.d.ts']) {
    const file = files.find((candidate) => candidate.path.endsWith(extension));
    if (file === undefined) throw new Error(`the compiler wrote no ${extension} for ${path}`);
    await writeFile(join(OUT, `${basename(path, '.obj')}${extension}`), file.text);
  }
}
