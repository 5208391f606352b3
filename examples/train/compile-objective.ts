/** From an `.obj` file to a loaded module: the one place of this example that talks to the compiler. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile, diagnosticsText } from 'veriloss';
import { type ObjectiveModule } from './objective-module.js';
import { usageError } from './usage-error.js';

/** Compiles the objective, writes `loss.ts` (to read) and `loss.js` (to run) into `out`, and loads the latter. */
export async function compileObjective(source: string, file: string, out: string): Promise<ObjectiveModule> {
  checkReach(out);
  mkdirSync(out, { recursive: true });
  for (const language of ['ts', 'js'] as const) {
    const {
      files,
      diagnostics,
      source: text,
    } = await compile(source, { name: file, target: 'tfjs', language });
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      const frames = diagnosticsText([{ source: text, diagnostics: errors }]);
      throw usageError(`--objective ${file}: it does not compile\n\n${frames.trimEnd()}`);
    }
    if (files.length === 0) throw usageError(`--objective ${file}: there is no objective in it`);
    const generated = files.find(({ path }) => path.endsWith(`.${language}`) && !path.endsWith('.d.ts'));
    if (generated === undefined) throw new Error(`the compiler wrote no .${language} file for ${file}`);
    writeFileSync(join(out, `loss.${language}`), generated.text);
  }
  const url = pathToFileURL(resolve(out, 'loss.js'));
  url.searchParams.set('written', String(Date.now()));
  return (await import(url.href)) as ObjectiveModule;
}

/** The text of the file; a usage error when it cannot be read. */
export function readObjective(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw usageError(
      `--objective ${file}: ${reason === 'ENOENT' ? 'there is no such file' : `cannot be read (${reason})`}`,
    );
  }
}

/** The generated module imports tfjs, so it must stand where Node finds tfjs from. */
function checkReach(out: string): void {
  try {
    createRequire(resolve(out, 'loss.js')).resolve('@tensorflow/tfjs-core');
  } catch {
    throw usageError(
      `--out ${out}: a module there cannot import @tensorflow/tfjs-core; choose a folder inside this project`,
    );
  }
}
