/** `veriloss compile`: one objective to TypeScript or JavaScript. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { compile } from '../../compile.js';
import { counted, diagnosticsText } from '../../report/diagnostics-text.js';
import { oneOf } from '../colour.js';
import type { Context } from '../context.js';
import { EXIT, Failure } from '../failure.js';
import { readText, type TextFile } from '../files.js';
import { load } from '../loaded.js';
import { cross, tick } from '../output.js';
import { difference, writeAll, type FileToWrite } from '../written.js';

const LANGUAGES = ['ts', 'js'] as const;
type Language = (typeof LANGUAGES)[number];

interface Options {
  readonly output?: string;
  readonly stdout?: true;
  readonly language?: Language;
  readonly standalone?: true;
  readonly objective?: string;
  readonly check?: true;
  readonly stdinFilename?: string;
}

const HELP = `
Writes a module for TensorFlow.js: the loss, its derived gradient and the metrics, computed together. It imports
@tensorflow/tfjs-core, and veriloss/runtime unless --standalone puts that part into the file.
With -o loss.js, the types are written beside it, to loss.d.ts. The same program gives the same bytes.

Exit codes
  0  written; with --check, fresh
  1  the program is wrong; with --check, a file is stale or missing
  2  wrong usage, a file that cannot be read or written

Examples
  veriloss compile objectives/grpo.obj -o src/grpo.ts
  veriloss compile objectives/grpo.obj -o src/grpo.ts --check     for CI
  veriloss compile objectives/real.obj --stdout --language js --standalone
`;

function languageOf({ output, stdout, language, check }: Options): Language {
  if (output === undefined) {
    if (stdout === undefined)
      throw new Failure('nothing says where the code goes', 'write `-o FILE.ts`, `-o FILE.js` or `--stdout`');
    if (check !== undefined)
      throw new Failure('--check compares files, and --stdout has none', 'write `-o FILE --check`');
    return language ?? 'ts';
  }
  if (stdout !== undefined) throw new Failure('-o and --stdout exclude each other');
  const ending = output.endsWith('.d.ts') ? undefined : /\.(ts|js)$/.exec(output)?.[1];
  if (ending === undefined) throw new Failure(`-o is \`${output}\`, expected a name that ends in .ts or .js`);
  if (language !== undefined && language !== ending)
    throw new Failure(`-o ${output} and --language ${language} contradict each other`);
  return ending === 'ts' ? 'ts' : 'js';
}

/** The emitted files under the names that the user chose. */
async function compiled(
  file: TextFile,
  objective: string,
  language: Language,
  {
    output = `<stdout>.${language}`,
    standalone = false,
  }: { readonly output?: string; readonly standalone?: boolean },
  cwd: string,
): Promise<readonly FileToWrite[]> {
  const { name: source, resolve: find } = file;
  const options = { name: source, objective, target: 'tfjs', language, standalone, resolve: find } as const;
  const { files } = await compile(file.text, options);
  return files.map(({ path, text }) => {
    const name = path.endsWith('.d.ts') ? output.replace(/\.js$/, '.d.ts') : output;
    return { path: resolve(cwd, name), name, text };
  });
}

function compare(
  { out, settle }: Context,
  files: readonly FileToWrite[],
  source: string,
  command: string,
): void {
  const differences = files.map((file) => ({ name: file.name, at: difference(file) }));
  const wrong = differences.filter(({ at }) => at !== undefined);
  for (const { name, at } of wrong) {
    const what =
      at === 'missing' ? 'is missing' : `is stale: line ${String(at)} is not what ${source} compiles to`;
    out.aside(cross(out.errorPaint, `${name} ${what}`));
  }
  if (wrong.length === 0) {
    out.data(tick(out.paint, `${files.map(({ name }) => name).join(' and ')}: fresh`));
    return;
  }
  out.note(`\`${command}\` writes ${wrong.length === 1 ? 'it' : 'them'}`);
  settle(EXIT.wrong);
}

async function compileCommand(context: Context, path: string, options: Options): Promise<void> {
  const { io, out } = context;
  const language = languageOf(options);
  const file = await readText(io, path, options.stdinFilename);
  const { analysis, unit } = load(file, options.objective);
  out.aside(diagnosticsText([analysis], out.errorPaint));
  const files = await compiled(file, unit.program.name, language, options, io.cwd);
  if (options.output === undefined) {
    out.data(files.find(({ name }) => !name.endsWith('.d.ts'))?.text ?? '');
    return;
  }
  if (options.check) {
    const flags = [
      options.standalone ? ' --standalone' : '',
      options.objective === undefined ? '' : ` --objective ${options.objective}`,
    ];
    compare(context, files, file.name, `veriloss compile ${path} -o ${options.output}${flags.join('')}`);
    return;
  }
  writeAll(files);
  const lines = files.map(({ name, text }) => `${name} (${counted(text.split('\n').length - 1, 'line')})`);
  out.data(tick(out.paint, `${unit.program.name}: wrote ${lines.join(' and ')}`));
}

export function defineCompile(program: Command, context: Context): void {
  program
    .command('compile')
    .summary('an objective to fused training code')
    .description('Compiles one objective to TypeScript or JavaScript for TensorFlow.js.')
    .argument('<file>', 'an objective file, - for standard input')
    .option('-o, --output <file>', 'where the code goes: a name that ends in .ts or .js')
    .option('--stdout', 'print the code instead')
    .option('--language <language>', 'ts or js, with --stdout (default: ts)', oneOf('--language', LANGUAGES))
    .option('--standalone', 'code that imports nothing of veriloss')
    .option('--objective <name>', 'which objective, where the file holds several')
    .option('--check', 'write nothing; exit with 1 when the file on disk is stale or missing')
    .option('--stdin-filename <name>', 'what diagnostics call standard input')
    .addHelpText('after', HELP)
    .action((path: string, options: Options) => compileCommand(context, path, options));
}
