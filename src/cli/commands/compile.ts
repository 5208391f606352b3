/** `veriloss compile`: objectives to TypeScript or JavaScript. */
import type { Command } from 'commander';
import { counted, diagnosticsText } from '../../report/diagnostics-text.js';
import { assertOwn, compiled, LANGUAGES, layoutOf, type Compiled, type Language } from '../compiled.js';
import { configs, type Configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { EXIT, Failure } from '../failure.js';
import { objectiveFiles, readText } from '../files.js';
import { analyzed, load } from '../loaded.js';
import {
  choice,
  perform,
  withConfig,
  withQuiet,
  withStdinName,
  withWatch,
  type ConfigOptions,
  type QuietOption,
  type WatchOption,
} from '../options.js';
import { cross } from '../output.js';
import { DEFAULT_TARGET, TARGETS, TARGET_NAMES, targetsListed, type Target } from '../targets.js';
import { difference, writeAll, type FileToWrite } from '../written.js';

interface Options extends ConfigOptions, QuietOption, WatchOption {
  readonly output?: string;
  readonly outDir?: string;
  readonly target?: Target;
  readonly stdout?: true;
  readonly language?: Language;
  readonly standalone?: boolean;
  readonly kernels: boolean;
  readonly objective?: string;
  readonly check?: true;
  readonly stdinFilename?: string;
}

const HELP = `
Writes modules for TensorFlow.js: the loss, its derived gradient and the metrics, computed together. They import
@tensorflow/tfjs-core, and veriloss/runtime unless --standalone puts that part into the file.
With -o loss.js, the types are written beside it, to loss.d.ts. The same program gives the same bytes.
A module of tfjs has its walks over tokens also as loops, which run on the cpu backend, in WebAssembly with SIMD, which run
on the wasm backend, and as shaders in WGSL, which run on the webgpu backend, and a graph for TensorFlow (tfjs-node,
tfjs-node-gpu), compiled by XLA where there is XLA; elsewhere, and with --no-kernels, it runs as operations of tfjs. Its
function path() says which way it takes, and the variable VERILOSS_PATH (loops, wasm, webgpu, xla, graph, ops or auto)
forces one.
With --target js or wasm, a module works on plain arrays and imports nothing. Its functions write gradients to new arrays,
or to those that a trainer gives again in each step, as in lossAndGradients(batch, layout, params, { logp: array }).
With --target savedmodel, -o is a folder: a SavedModel for TensorFlow that XLA compiles, in plain/ the same one without
XLA, and a README.md that lists inputs, defaults and outputs.
With --out-dir, or \`compile.outDir\` in the configuration, every objective of every file is compiled to a module (or
folder) of its own name. Then the files are, without paths, those that the configuration includes.

Exit codes
  0  written; with --check, fresh
  1  the program is wrong; with --check, a file is stale or missing
  2  wrong usage, a file that cannot be read or written

Examples
  veriloss compile objectives/grpo.obj -o src/grpo.ts
  veriloss compile --out-dir src/losses           every objective in objectives/
  veriloss compile --out-dir src/losses --check   for CI
  veriloss compile objectives/real.obj --stdout --language js --standalone
  veriloss compile objectives/grpo.obj -o src/grpo.ts --no-kernels
  veriloss compile objectives/grpo.obj --target savedmodel -o models/grpo
`;

const targetOf = ({ target = DEFAULT_TARGET }: Options): Target => target;
const isFolder = (options: Options): boolean => TARGETS[targetOf(options)].writes === 'folder';

const nowhere = (options: Options, name: string | undefined): Failure =>
  new Failure(
    `nothing says where the code${name === undefined ? '' : ` of ${name}`} goes`,
    isFolder(options)
      ? 'write `-o FOLDER` or `--out-dir FOLDER`'
      : 'write `-o FILE.ts`, `-o FILE.js`, `--out-dir FOLDER` or `--stdout`',
  );

/** A folder of a SavedModel has neither a language nor an import, and is not printed. */
function assertForFolder(options: Options): void {
  const { output, stdout, language, standalone } = options;
  const written = `--target ${targetOf(options)}`;
  if (stdout !== undefined)
    throw new Failure(`--stdout prints a module, and ${written} writes a folder`, 'write `-o FOLDER`');
  if (language !== undefined) throw new Failure(`--language is that of a module, and ${written} writes none`);
  if (standalone !== undefined)
    throw new Failure(
      `--${standalone ? '' : 'no-'}standalone is about what a module imports, and ${written} writes none`,
    );
  if (output !== undefined && /\.(ts|js|pb|obj)$/.test(output))
    throw new Failure(`-o is \`${output}\`, expected a folder: ${written} writes several files`);
}

/** What contradicts itself is said before a file is read. */
function assertConsistent(options: Options): void {
  const { output, stdout, outDir, language, check, objective } = options;
  if (isFolder(options)) assertForFolder(options);
  if (!options.kernels && targetOf(options) !== 'tfjs')
    throw new Failure(
      `--no-kernels leaves a module of tfjs its operations alone, and --target ${targetOf(options)} has none`,
    );
  if (stdout !== undefined && check !== undefined)
    throw new Failure('--check compares files, and --stdout has none', 'write `-o FILE --check`');
  if (stdout !== undefined && output !== undefined) throw new Failure('-o and --stdout exclude each other');
  if (outDir !== undefined && (output ?? stdout) !== undefined)
    throw new Failure(`${output === undefined ? '--stdout' : '-o'} and --out-dir exclude each other`);
  if (objective !== undefined && (output ?? stdout) === undefined)
    throw new Failure('--objective chooses one objective', 'write it with `-o FILE` or `--stdout`');
  if (output === undefined || isFolder(options)) return;
  const ending = output.endsWith('.d.ts') ? undefined : /\.(ts|js)$/.exec(output)?.[1];
  if (ending === undefined) throw new Failure(`-o is \`${output}\`, expected a name that ends in .ts or .js`);
  if (language !== undefined && language !== ending)
    throw new Failure(`-o ${output} and --language ${language} contradict each other`);
}

function compare({ out, settle }: Context, modules: readonly Compiled[], command: string): void {
  const wrong = modules.flatMap(({ source, files }) =>
    files.flatMap((file) => {
      const at = difference(file);
      if (at === undefined) return [];
      const part = at === 'different' ? 'it' : `line ${at}`;
      const what = at === 'missing' ? 'is missing' : `is stale: ${part} is not what ${source} compiles to`;
      return [`${file.name} ${what}`];
    }),
  );
  for (const text of wrong) out.aside(cross(out.errorPaint, text));
  if (wrong.length === 0) {
    const names = modules.flatMap(({ files }) => files.map(({ name }) => name));
    out.success(`${names.length > 3 ? counted(names.length, 'file') : listed(names)}: fresh`);
    return;
  }
  out.note(`\`${command}\` writes ${wrong.length === 1 ? 'it' : 'them'}`);
  settle(EXIT.wrong);
}

const sizeOf = ({ text, bytes }: FileToWrite): string =>
  bytes === undefined ? counted(text.split('\n').length - 1, 'line') : counted(bytes.length, 'byte');

const listed = (parts: readonly string[]): string =>
  [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter((one) => one !== '').join(' and ');

/** Writes the modules, or compares them with what is there. */
function finish(context: Context, modules: readonly Compiled[], { check }: Options): void {
  if (check) {
    const words = context.argv.filter(
      (word) => !['--check', '-w', '--watch', '-q', '--quiet'].includes(word),
    );
    compare(context, modules, `veriloss ${words.join(' ')}`);
    return;
  }
  writeAll(modules.flatMap(({ files }) => files));
  for (const { objective, files } of modules) {
    const lines = files.map((file) => `${file.name} (${sizeOf(file)})`);
    context.out.success(`${objective}: wrote ${listed(lines)}`);
  }
}

/** One objective of one file, to a file or to stdout. */
async function compileOne(context: Context, path: string, options: Options, found: Configs): Promise<void> {
  const { io, out } = context;
  const file = await readText(io, path, options.stdinFilename);
  const { analysis, unit } = await load(file, options.objective, found);
  out.aside(diagnosticsText([analysis], out.errorPaint));
  const { standalone, language } = await layoutOf(io, file, options, found);
  const name = options.output ?? `<stdout>.${language}`;
  const target = targetOf(options);
  const one = await compiled(io, file, unit.program.name, {
    target,
    path: name,
    standalone,
    kernels: options.kernels,
  });
  if (isFolder(options)) assertOwn([one]);
  if (options.output === undefined) out.data(one.files[0]?.text ?? '');
  else finish(context, [one], options);
}

/** Every objective of the files, each to the folder of its own. */
async function compileAll(
  context: Context,
  paths: readonly string[],
  options: Options,
  found: Configs,
): Promise<void> {
  const { io, out } = context;
  const { stdinFilename: stdinName } = options;
  const files = await objectiveFiles(io, paths, { stdinName, applied: found.ofFolder });
  const analyses = await analyzed(files, found);
  out.aside(diagnosticsText(analyses, out.errorPaint));
  const modules: Compiled[] = [];
  for (const [at, file] of files.entries()) {
    const { units = [], definitions = 0 } = analyses[at] ?? {};
    // A file of definitions is there to be imported.
    if (units.length === 0 && definitions > 0) continue;
    if (units.length === 0) throw new Failure(`${file.name} holds no objective`);
    const { outDir, language, standalone } = await layoutOf(io, file, options, found);
    if (outDir === undefined) throw nowhere(options, files.length === 1 ? undefined : file.name);
    for (const { program } of units) {
      const ending = isFolder(options) ? '' : `.${language}`;
      const path = `${outDir}/${program.name}${ending}`;
      const place = { target: targetOf(options), path, standalone, kernels: options.kernels };
      modules.push(await compiled(io, file, program.name, place));
    }
  }
  if (modules.length === 0) throw new Failure('there is no objective, only definitions');
  assertOwn(modules);
  finish(context, modules, options);
}

async function compileCommand(context: Context, paths: readonly string[], options: Options): Promise<void> {
  const found = configs(context.io, options);
  assertConsistent(options);
  if (options.output === undefined && options.stdout === undefined)
    return compileAll(context, paths, options, found);
  const [path] = paths;
  if (path === undefined || paths.length > 1)
    throw new Failure(
      `${options.output === undefined ? '--stdout' : '-o'} takes one file, found ${paths.length}`,
      path === undefined ? undefined : 'write `--out-dir FOLDER` for several',
    );
  return compileOne(context, path, options, found);
}

export function defineCompile(program: Command, context: Context): void {
  const command = program
    .command('compile')
    .summary('objectives to fused training code')
    .description(
      'Compiles objectives to TypeScript or JavaScript for TensorFlow.js, or to SavedModels for TensorFlow.',
    )
    .argument('[paths...]', 'files or folders, - for standard input (default: objectives/)')
    .option('-o, --output <file>', 'where the code of one objective goes: a name that ends in .ts or .js')
    .addOption(choice('--target <target>', `${targetsListed()} (default: ${DEFAULT_TARGET})`, TARGET_NAMES))
    .option('--out-dir <folder>', 'where the code of every objective goes, to files of their names')
    .option('--stdout', 'print the code of one objective instead')
    .addOption(
      choice('--language <language>', 'ts or js, where no file name says it (default: ts)', LANGUAGES),
    )
    .option('--no-kernels', 'a module of tfjs of operations alone, without fused kernels')
    .option('--standalone', 'code that imports nothing of veriloss')
    .option('--no-standalone', 'code that imports veriloss/runtime, whatever is configured')
    .option('--objective <name>', 'which objective, where the file holds several')
    .option('--check', 'write nothing; exit with 1 when a file on disk is stale or missing');
  withQuiet(withWatch(withConfig(withStdinName(command))))
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: Options) =>
      perform(context, options, (own) => compileCommand(own, paths, options)),
    );
}
