/** `veriloss check`: every diagnostic of every file, in the format that is wanted. */
import type { Command } from 'commander';
import { hasErrors } from '../../base/diagnostic.js';
import { plain } from '../../base/frame.js';
import type { Analysis } from '../../compile.js';
import { checkBatch } from '../../evaluation.js';
import { diagnosticsConcise } from '../../report/diagnostics-concise.js';
import { diagnosticsGithub } from '../../report/diagnostics-github.js';
import { diagnosticsJson } from '../../report/diagnostics-json.js';
import { countOf, counted, diagnosticsText, tally } from '../../report/diagnostics-text.js';
import { problemFailure, readBatches } from '../batches.js';
import { configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { EXIT, Failure } from '../failure.js';
import { objectiveFiles } from '../files.js';
import { deliver, formatOf } from '../formats.js';
import { analyses as analysed } from '../loaded.js';
import {
  formatOption,
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
import { addSetting, type Settings } from '../settings.js';
import { inWorkspace } from '../workspace.js';

const FORMATS = ['text', 'concise', 'json', 'github'] as const;
type Format = (typeof FORMATS)[number];

interface Options extends ConfigOptions, QuietOption, WatchOption {
  readonly format?: Format;
  readonly output?: string;
  readonly pedantic?: true;
  readonly maxWarnings?: number;
  readonly exitZero?: true;
  readonly stdinFilename?: string;
  readonly batch?: string;
  readonly set?: Settings;
}

const HELP = `
Reads names, kinds, levels and domains, and shows each mistake where it is. Folders are searched for .obj and
.objective; three-dimensional meshes and compilers' object files, which share .obj, are passed over there.
Without paths, the files are those that the configuration includes: objectives/ unless it says otherwise.

Formats
  text     frames with the source lines, and a line that counts
  concise  one line each: file:line:column: severity[CODE] title
  json     one document, format_version 1.0
  github   annotations on the changed lines; added to the text by themselves where GITHUB_ACTIONS=true
  VERILOSS_FORMAT names the format where --format does not.

Exit codes
  0  no errors, and no more warnings than --max-warnings; with --exit-zero, also where the program is wrong
  1  the program is wrong
  2  wrong usage, a file that cannot be read, a batch that does not fit

Examples
  veriloss check                                      every objective in objectives/
  veriloss check --watch                              again at every change
  veriloss check objectives/grpo.obj --batch b.json   its batch too: shapes, domains, and what it assumes
  veriloss check --pedantic --max-warnings 0          for CI
  cat x.obj | veriloss check - --stdin-filename x.obj --format json
`;

function count(given: string): number {
  if (!/^\d+$/.test(given)) throw new Failure(`--max-warnings is \`${given}\`, expected a whole number`);
  return Number(given);
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

/** The report in a format; colour is for terminals, not for files. */
const REPORTS: Readonly<
  Record<Format, (context: Context, analyses: readonly Analysis[], file: boolean) => string>
> = {
  text: ({ out }, analyses, file) => diagnosticsText(analyses, file ? plain : out.paint),
  concise: ({ out }, analyses, file) => diagnosticsConcise(analyses, file ? plain : out.paint),
  json: (_context, analyses) => diagnosticsJson(analyses, analyses.flatMap(({ units }) => units).length),
  github: ({ io }, analyses) =>
    diagnosticsGithub(analyses.map((one) => ({ ...one, source: inWorkspace(io, one.source) }))),
};

function show(context: Context, { format, output }: Options, analyses: readonly Analysis[]): void {
  deliver(context, output, REPORTS[format ?? 'text'](context, analyses, output !== undefined));
  if (format === undefined && context.io.env['GITHUB_ACTIONS'] === 'true')
    context.out.data(REPORTS.github(context, analyses, false));
}

/** What is wrong with all of it, in a line; nothing where all is well. */
function verdict({ maxWarnings }: Options, analyses: readonly Analysis[]): string | undefined {
  const wrong = analyses.filter(({ diagnostics }) => hasErrors(diagnostics)).length;
  if (wrong > 0) return `${tally(analyses)}; ${wrong} of ${counted(analyses.length, 'file')} wrong`;
  const warnings = countOf(analyses, 'warning');
  if (maxWarnings === undefined || warnings <= maxWarnings) return undefined;
  return `${counted(warnings, 'warning')}, more than the ${maxWarnings} of --max-warnings`;
}

async function check(context: Context, paths: readonly string[], given: Options): Promise<void> {
  const { io, out, settle } = context;
  const started = io.now();
  const format = formatOf(io.env, given.format, FORMATS);
  const options = format === undefined ? given : { ...given, format };
  const found = configs(io, options);
  const files = await objectiveFiles(io, paths, {
    stdinName: options.stdinFilename,
    applied: found.ofFolder,
  });
  const analyses = await analysed(files, found, options.pedantic);
  const wrong = verdict(options, analyses);
  const hasError = analyses.some(({ diagnostics }) => hasErrors(diagnostics));
  show(context, options, analyses);

  // A document on stdout is followed by nothing.
  const isText = (format ?? 'text') === 'text' || options.output !== undefined;
  if (!hasError) {
    const idle = analyses.find(({ units, definitions }) => units.length === 0 && definitions === 0);
    if (idle !== undefined) throw new Failure(`${idle.source.name} holds no objective and no definition`);
    if (options.batch !== undefined) await checkBatches(context, options.batch, options.set ?? {}, analyses);
  }
  if (wrong !== undefined) {
    if (isText) out.data(cross(out.paint, wrong));
    else out.aside(cross(out.errorPaint, wrong));
    if (!options.exitZero) settle(EXIT.wrong);
    return;
  }
  const objectives = counted(analyses.flatMap(({ units }) => units).length, 'objective');
  const warnings = countOf(analyses, 'warning');
  const also = warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`;
  const fits = options.batch === undefined ? '' : ', the batch fits';
  const took = Math.round(io.now() - started);
  out.success(`${objectives} checked in ${took} ms${fits}${also}`, isText ? 'stdout' : 'stderr');
}

export function defineCheck(program: Command, context: Context): void {
  const command = program
    .command('check')
    .summary('names, kinds, levels and domains of objectives')
    .description('Checks objectives: names, kinds, levels, domains.')
    .argument('[paths...]', 'files or folders, - for standard input (default: objectives/)')
    .addOption(formatOption(FORMATS))
    .option('-o, --output <file>', 'where the report goes (default: stdout)')
    .option('--pedantic', 'show also what is a matter of taste or risk')
    .option('--max-warnings <n>', 'exit with 1 when there are more warnings', count)
    .option('--exit-zero', 'exit with 0 also when the program is wrong')
    .option('--batch <batch>', 'check a batch (.json, .jsonl) against the inputs that are declared, too')
    .option(
      '--set <name=value>',
      'a parameter, for what `assume` says of it; repeat it for others',
      addSetting,
    );
  withQuiet(withWatch(withConfig(withStdinName(command))))
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: Options) =>
      perform(context, options, (own) => check(own, paths, options)),
    );
}
