/** `veriloss check`: every diagnostic of every file, with its frame. */
import { isAbsolute, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { hasErrors } from '../../base/diagnostic.js';
import { analyze, type Analysis } from '../../compile.js';
import { diagnosticsGithub } from '../../report/diagnostics-github.js';
import { diagnosticsJson } from '../../report/diagnostics-json.js';
import { countOf, counted, diagnosticsText, tally, type Reported } from '../../report/diagnostics-text.js';
import { problemFailure, readBatches } from '../batches.js';
import { checkBatch } from '../../evaluation.js';
import { oneOf } from '../colour.js';
import type { Context } from '../context.js';
import { EXIT, Failure } from '../failure.js';
import { objectiveFiles, STDIN_NAME } from '../files.js';
import { cross, tick } from '../output.js';
import { addSetting, type Settings } from '../settings.js';

const FORMATS = ['text', 'json', 'github'] as const;

interface Options {
  readonly format?: (typeof FORMATS)[number];
  readonly maxWarnings?: number;
  readonly stdinFilename?: string;
  readonly batch?: string;
  readonly set?: Settings;
}

const HELP = `
Reads names, kinds, levels and domains, and shows each mistake where it is. Folders are searched for .obj and
.objective; three-dimensional meshes and compilers' object files, which share .obj, are passed over there.

Formats
  text    frames with the source lines, and a line that counts
  json    one document, format_version 1.0
  github  annotations on the changed lines; added to the text by themselves where GITHUB_ACTIONS=true

Exit codes
  0  no errors, and no more warnings than --max-warnings
  1  the program is wrong
  2  wrong usage, a file that cannot be read, a batch that does not fit

Examples
  veriloss check                                      every objective in objectives/
  veriloss check objectives/grpo.obj --batch b.json   its batch too: shapes, domains, and what it assumes
  cat x.obj | veriloss check - --stdin-filename x.obj --format json
`;

function count(given: string): number {
  if (!/^\d+$/.test(given)) throw new Failure(`--max-warnings is \`${given}\`, expected a whole number`);
  return Number(given);
}

/** GitHub wants paths from the root of the repository. */
function fromWorkspace({ io }: Context, reported: Reported): Reported {
  const root = io.env['GITHUB_WORKSPACE'];
  const { source, diagnostics } = reported;
  if (root === undefined || root === '' || source.name === STDIN_NAME) return reported;
  const path = relative(root, resolve(io.cwd, source.name));
  if (path.startsWith('..') || isAbsolute(path)) return reported;
  return { source: { ...source, name: path.replaceAll('\\', '/') }, diagnostics };
}

/** The batch against the contract of every objective: the first thing wrong ends the command. */
async function checkBatches(
  { io, out }: Context,
  path: string,
  settings: Settings,
  analyses: readonly Analysis[],
): Promise<void> {
  const { list } = await readBatches(io, path);
  for (const { program } of analyses.flatMap(({ units }) => units)) {
    for (const { place, raw } of list) {
      const validated = checkBatch(program, raw, settings);
      if ('problem' in validated) throw problemFailure(`${place} for ${program.name}`, validated.problem);
      for (const note of validated.notes) out.note(`${place}: ${note}`);
    }
  }
}

function show(context: Context, format: Options['format'], analyses: readonly Analysis[]): void {
  const { io, out } = context;
  const objectives = analyses.flatMap(({ units }) => units).length;
  if (format === 'json') out.data(diagnosticsJson(analyses, objectives));
  if (format === 'text' || format === undefined) out.data(diagnosticsText(analyses, out.paint));
  if (format === 'github' || (format === undefined && io.env['GITHUB_ACTIONS'] === 'true'))
    out.data(diagnosticsGithub(analyses.map((one) => fromWorkspace(context, one))));
}

async function check(context: Context, paths: readonly string[], options: Options): Promise<void> {
  const { io, out, settle } = context;
  const started = io.now();
  const files = await objectiveFiles(io, paths, options.stdinFilename);
  const analyses = files.map(({ name, text, resolve: find }) => analyze(text, name, find));
  show(context, options.format, analyses);

  const asText = (options.format ?? 'text') === 'text';
  const say = asText ? out.data : out.aside;
  const paint = asText ? out.paint : out.errorPaint;
  const wrong = analyses.filter(({ diagnostics }) => hasErrors(diagnostics)).length;
  if (wrong > 0) {
    say(cross(paint, `${tally(analyses)}; ${wrong} of ${counted(files.length, 'file')} wrong`));
    settle(EXIT.wrong);
    return;
  }
  const idle = analyses.find(({ units, definitions }) => units.length === 0 && definitions === 0);
  if (idle !== undefined) throw new Failure(`${idle.source.name} holds no objective and no definition`);
  if (options.batch !== undefined) await checkBatches(context, options.batch, options.set ?? {}, analyses);
  const warnings = countOf(analyses, 'warning');
  if (options.maxWarnings !== undefined && warnings > options.maxWarnings) {
    say(
      cross(paint, `${counted(warnings, 'warning')}, more than the ${options.maxWarnings} of --max-warnings`),
    );
    settle(EXIT.wrong);
    return;
  }
  const objectives = counted(analyses.flatMap(({ units }) => units).length, 'objective');
  const also = warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`;
  const fits = options.batch === undefined ? '' : ', the batch fits';
  say(tick(paint, `${objectives} checked in ${Math.round(io.now() - started)} ms${fits}${also}`));
}

export function defineCheck(program: Command, context: Context): void {
  program
    .command('check')
    .summary('names, kinds, levels and domains of objectives')
    .description('Checks objectives: names, kinds, levels, domains.')
    .argument('[paths...]', 'files or folders, - for standard input (default: objectives/)')
    .option('--format <format>', `${FORMATS.join(', ')} (default: text)`, oneOf('--format', FORMATS))
    .option('--max-warnings <n>', 'exit with 1 when there are more warnings', count)
    .option('--batch <batch>', 'check a batch (.json, .jsonl) against the inputs that are declared, too')
    .option(
      '--set <name=value>',
      'a parameter, for what `assume` says of it; repeat it for others',
      addSetting,
    )
    .option('--stdin-filename <name>', 'what diagnostics call standard input')
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: Options) => check(context, paths, options));
}
