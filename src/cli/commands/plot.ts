/** `veriloss plot`: gradient weights against the own log-ratio, in the terminal or as a file. */
import type { Command } from 'commander';
import { resolveParams } from '../../batch/params.js';
import { picture, type Subject } from '../../pictures.js';
import type { Picture } from '../../plot/picture.js';
import { problemFailure } from '../batches.js';
import { configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { Failure } from '../failure.js';
import { readText } from '../files.js';
import { deliver, formatOf } from '../formats.js';
import { load } from '../loaded.js';
import {
  formatOption,
  perform,
  withConfig,
  withWatch,
  type ConfigOptions,
  type WatchOption,
} from '../options.js';
import { addSetting, assertOfSome, settingsFor, type Settings } from '../settings.js';

const FORMATS = ['text', 'svg', 'html', 'json'] as const;
type Format = (typeof FORMATS)[number];

interface Options extends ConfigOptions, WatchOption {
  readonly set?: Settings;
  readonly weight?: string;
  readonly objective?: string;
  readonly from: number;
  readonly to: number;
  readonly each: number;
  readonly columns?: number;
  readonly format?: Format;
  readonly output?: string;
}

const HELP = `
|weight| of one rollout against its relative log-probability s, for a right and a wrong one: everything else is on-policy, in one
group with four rollouts of each class (--each). A jump is drawn as a jump. Dashed lines are the bounds that the
objective claims of it.

The format follows the name of the output, .svg, .html or .json, unless --format says it; in a terminal it is text.

Exit codes
  0  drawn
  1  the program is wrong
  2  wrong usage, a parameter that does not fit, an objective without a gradient weight

Examples
  veriloss plot objectives/real.obj
  veriloss plot objectives/real.obj objectives/grpo.obj --set tau=0.5 -o weights.svg
`;

const finite =
  (option: string) =>
  (given: string): number => {
    const value = Number(given);
    if (given.trim() !== '' && Number.isFinite(value)) return value;
    throw new Failure(`${option} is \`${given}\`, expected a number`);
  };
const natural =
  (option: string, least: number, most: number) =>
  (given: string): number => {
    const value = Number(given);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Failure(
      `${option} is \`${given}\`, expected a whole number from ${String(least)} to ${String(most)}`,
    );
  };

async function subjectOf(context: Context, path: string, options: Options): Promise<Subject> {
  const file = await readText(context.io, path);
  const { analysis, unit } = await load(file, options.objective, configs(context.io, options));
  const params = resolveParams(unit.program.params, settingsFor(unit.program, options.set));
  if ('problem' in params) throw problemFailure(file.name, params.problem);
  const { weight } = options;
  return {
    unit,
    source: analysis.source,
    params: params.values,
    ...(weight === undefined ? {} : { weight }),
  };
}

function formatFor({ format, output }: Options, env: Context['io']['env']): Format {
  const named = FORMATS.find((one) => output?.toLowerCase().endsWith(`.${one}`));
  return format ?? named ?? formatOf(env, undefined, ['text', 'json']) ?? 'text';
}

async function textOf(
  made: Picture,
  format: Format,
  context: Context,
  { columns, output }: Options,
): Promise<string> {
  switch (format) {
    case 'svg':
      return (await import('../../plot/svg.js')).svg(made);
    case 'html':
      return (await import('../../plot/html.js')).html(made);
    case 'json':
      return `${JSON.stringify({ format_version: '1.0', ...made }, null, 2)}\n`;
    case 'text': {
      const { braille } = await import('../../plot/braille.js');
      const paint = output === undefined ? context.out.paint : undefined;
      const colours = [paint?.blue, paint?.yellow, paint?.green, paint?.magenta, paint?.cyan, paint?.red];
      return braille(made, {
        columns: columns ?? 100,
        rows: 14,
        paint: (objective, text) => colours[objective % colours.length]?.(text) ?? text,
      });
    }
  }
}

async function plotCommand(context: Context, paths: readonly string[], options: Options): Promise<void> {
  const { from, to, each, output } = options;
  if (!(from < to))
    throw new Failure(`--from is ${String(from)} and --to is ${String(to)}, expected a range`);
  const subjects: Subject[] = [];
  for (const path of paths) subjects.push(await subjectOf(context, path, options));
  assertOfSome(
    options.set,
    subjects.map(({ unit }) => unit.program),
  );
  const pictured = picture(subjects, { x: { low: from, high: to }, each });
  if ('problem' in pictured) throw new Failure(pictured.problem);
  const format = formatFor(options, context.io.env);
  deliver(context, output, await textOf(pictured.picture, format, context, options));
}

export function definePlot(program: Command, context: Context): void {
  const command = program
    .command('plot')
    .summary('gradient weights as a picture')
    .description('Draws the gradient weight of objectives against the own relative log-probability.')
    .argument('<files...>', 'objective files, - for standard input')
    .option('--set <name=value>', 'a parameter; repeat it for others', addSetting)
    .option('--weight <name>', 'which gradient weight (default: the first)')
    .option('--objective <name>', 'which objective, where a file holds several')
    .option('--from <s>', 'where the picture begins', finite('--from'), -3)
    .option('--to <s>', 'where it ends', finite('--to'), 3)
    .option('--each <n>', 'rollouts of each class in the group', natural('--each', 1, 64), 4)
    .option('--columns <n>', 'of the text (default: 100)', natural('--columns', 20, 400))
    .addOption(formatOption(FORMATS))
    .option('-o, --output <file>', 'where the picture goes (default: stdout)');
  withWatch(withConfig(command))
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: Options) =>
      perform(context, options, (own) => plotCommand(own, paths, options)),
    );
}
