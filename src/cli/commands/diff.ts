/** `veriloss diff`: what changed in meaning between two objectives, or since a revision. */
import type { Command } from 'commander';
import { isSame, type Difference } from '../../proof/difference.js';
import { counted } from '../../report/diagnostics-text.js';
import { configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { EXIT, Failure } from '../failure.js';
import { objectiveFiles, readText, type TextFile } from '../files.js';
import { deliver, formatOf } from '../formats.js';
import { analyzed, load, type Loaded } from '../loaded.js';
import { formatOption, withConfig, type ConfigOptions } from '../options.js';
import { fileIn, revision } from '../revisions.js';

const FORMATS = ['text', 'markdown', 'json'] as const;
type Format = (typeof FORMATS)[number];

interface Options extends ConfigOptions {
  readonly against?: string;
  readonly objective?: string;
  readonly budget?: number;
  readonly format?: Format;
  readonly output?: string;
}

const HELP = `
Two objectives mean the same if they have the same loss and the same gradients on every batch: that is proved, or the
smallest batch that tells them apart is shown. Beside it stands what changed of their declarations, of the verdicts on
what they claim, and of what \`audit\` says of them.

Exit codes
  0  the same meaning, proved
  1  something changed, or is not decided; or a program is wrong
  2  wrong usage, no such revision

Examples
  veriloss diff objectives/grpo.obj objectives/dapo.obj
  veriloss diff objectives --against origin/main --format markdown
`;

interface Pair {
  readonly before: Loaded;
  readonly after: Loaded;
}

async function pairsOf(
  context: Context,
  paths: readonly string[],
  options: Options,
): Promise<{ readonly pairs: readonly Pair[]; readonly added: readonly string[] }> {
  const { io } = context;
  const found = configs(io, options);
  const { against, objective } = options;
  if (against === undefined) {
    const [a, b, ...more] = paths;
    if (a === undefined || b === undefined || more.length > 0)
      throw new Failure(
        `diff has ${counted(paths.length, 'file')}, expected two`,
        'write `veriloss diff A.obj B.obj`, or `--against REVISION`',
      );
    const [first, second] = [await readText(io, a), await readText(io, b)];
    return {
      pairs: [{ before: await load(first, objective, found), after: await load(second, objective, found) }],
      added: [],
    };
  }
  const commit = revision(io, against);
  const files = await objectiveFiles(io, paths, { stdinName: undefined, applied: found.ofFolder });
  const pairs: Pair[] = [];
  const added: string[] = [];
  for (const file of files) {
    const old = fileIn(io, commit, file.name, against);
    if (old === undefined) added.push(file.name);
    else pairs.push(...(await pairsIn(old, file, objective, found)));
  }
  return { pairs, added };
}

/** The objectives of one name in two files. */
async function pairsIn(
  old: TextFile,
  now: TextFile,
  wanted: string | undefined,
  found: ReturnType<typeof configs>,
): Promise<readonly Pair[]> {
  const [before, after] = await analyzed([old, now], found);
  if (before === undefined || after === undefined) return [];
  return after.units.flatMap((unit) => {
    const { name } = unit.program;
    const other = before.units.find(({ program }) => program.name === name);
    if (other === undefined || (wanted !== undefined && wanted !== name)) return [];
    return [{ before: { analysis: before, unit: other }, after: { analysis: after, unit } }];
  });
}

async function diffCommand(context: Context, paths: readonly string[], options: Options): Promise<void> {
  const { io, out, settle } = context;
  const format = options.format ?? formatOf(io.env, undefined, FORMATS) ?? 'text';
  const { pairs, added } = await pairsOf(context, paths, options);
  const { difference } = await import('../../diff.js');
  const { DEFAULT_STEPS, verifyClaim } = await import('../../verify/verify.js');
  const { budgetOf } = await import('../../verify/budget.js');
  const steps = options.budget ?? DEFAULT_STEPS;
  const differences = pairs.map(({ before, after }) =>
    difference(before, after, (program, at, most = steps) =>
      verifyClaim(program, at, budgetOf(Math.min(most, steps))),
    ),
  );
  for (const name of added) out.note(`${name} is not in ${options.against ?? ''}`);
  if (!differences.every(isSame)) settle(EXIT.wrong);
  const paint = options.output === undefined ? out.paint : undefined;
  deliver(context, options.output, await textOf(differences, format, paint));
}

async function textOf(
  differences: readonly Difference[],
  format: Format,
  paint: Context['out']['paint'] | undefined,
): Promise<string> {
  switch (format) {
    case 'text': {
      const { differenceText } = await import('../../report/difference-text.js');
      return differences.map((one) => differenceText(one, paint)).join('\n');
    }
    case 'markdown':
      return differences
        .map((await import('../../report/difference-markdown.js')).differenceMarkdown)
        .join('\n');
    case 'json':
      return (await import('../../report/difference-json.js')).differenceJson(differences);
  }
}

const steps = (given: string): number => {
  const value = Number(given);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Failure(`--budget is \`${given}\`, expected a whole number of steps`);
};

export function defineDiff(program: Command, context: Context): void {
  const command = program
    .command('diff')
    .summary('what changed in meaning')
    .description('Compares the meaning of two objectives, or of objectives now and in a revision.')
    .argument('[paths...]', 'two files; with --against, files or folders (default: objectives/)')
    .option('--against <revision>', 'a branch, tag or commit to compare with')
    .option('--objective <name>', 'only this objective')
    .option('--budget <steps>', 'work for each question, counted, not timed', steps)
    .addOption(formatOption(FORMATS))
    .option('-o, --output <file>', 'where the result goes (default: stdout)');
  withConfig(command)
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: Options) => diffCommand(context, paths, options));
}
