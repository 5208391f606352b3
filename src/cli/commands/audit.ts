/** `veriloss audit`: what any objective does to right and wrong rollouts, whether or not it claims anything. */
import type { Command } from 'commander';
import { resolveParams } from '../../batch/params.js';
import type { Audit } from '../../proof/audit.js';
import type { Style } from '../../report/formula.js';
import type { Source } from '../../base/source.js';
import type { Unit } from '../../compile.js';
import { configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { Failure } from '../failure.js';
import { objectiveFiles } from '../files.js';
import { deliver, formatOf } from '../formats.js';
import { analyzed } from '../loaded.js';
import {
  formatOption,
  perform,
  withConfig,
  withStdinName,
  withWatch,
  type ConfigOptions,
  type WatchOption,
} from '../options.js';

const FORMATS = ['text', 'markdown', 'latex', 'html', 'json'] as const;
type Format = (typeof FORMATS)[number];

interface Options extends ConfigOptions, WatchOption {
  readonly objective?: string;
  readonly budget?: number;
  readonly format?: Format;
  readonly output?: string;
  readonly stdinFilename?: string;
}

const HELP = `
For each objective: the derivative of the loss in closed form, and for right and wrong rollouts its sign, monotonicity, bounds,
limits, jumps and dead zones, the two defects of the REAL paper by name (gradient misassignment in positives, gradient
domination in negatives), degenerate groups, empty rollouts, the length exponent, and where float32 overflows. Nothing needs
to be claimed for it. Each answer says what it rests on.

Exit codes
  0  audited, whatever was found
  1  the program is wrong
  2  wrong usage

Examples
  veriloss audit objectives/grpo.obj
  veriloss audit objectives --format html -o audit.html
  veriloss audit objectives/real.obj --format latex -o appendix.tex
`;

interface Audited {
  readonly audit: Audit;
  /** As SVG; absent where there is nothing to draw. */
  readonly picture: string | undefined;
}

async function auditCommand(context: Context, paths: readonly string[], options: Options): Promise<void> {
  const { io, out } = context;
  const { stdinFilename: stdinName, objective: wanted, output } = options;
  const format = options.format ?? formatOf(io.env, undefined, FORMATS) ?? 'text';
  const found = configs(io, options);
  const files = await objectiveFiles(io, paths, { stdinName, applied: found.ofFolder });
  const units = (await analyzed(files, found)).flatMap(({ units: all, source }) =>
    all.map((unit) => ({ unit, source })),
  );
  const chosen = units.filter(({ unit }) => wanted === undefined || unit.program.name === wanted);
  if (chosen.length === 0) throw new Failure(`no objective \`${wanted ?? ''}\` in these files`);
  const style: Style = format === 'latex' ? 'latex' : 'unicode';
  const { audit } = await import('../../audit.js');
  const { DEFAULT_STEPS, verifyClaim } = await import('../../verify/verify.js');
  const { budgetOf } = await import('../../verify/budget.js');
  const steps = options.budget ?? DEFAULT_STEPS;
  const audits: Audited[] = [];
  for (const { unit, source } of chosen)
    audits.push({
      audit: audit(
        unit,
        source,
        (program, at, most = steps) => verifyClaim(program, at, budgetOf(Math.min(most, steps))),
        style,
      ),
      picture: format === 'html' ? await drawn(unit, source) : undefined,
    });
  deliver(context, output, await textOf(audits, format, output === undefined ? out.paint : undefined));
}

async function drawn(unit: Unit, source: Source): Promise<string | undefined> {
  const params = resolveParams(unit.program.params, {});
  if ('problem' in params) return undefined;
  const { picture } = await import('../../pictures.js');
  const made = picture([{ unit, source, params: params.values }], { x: { low: -3, high: 3 }, each: 4 });
  return 'problem' in made ? undefined : (await import('../../plot/svg.js')).svg(made.picture);
}

async function textOf(
  audits: readonly Audited[],
  format: Format,
  paint: Context['out']['paint'] | undefined,
): Promise<string> {
  const all = audits.map((one) => one.audit);
  switch (format) {
    case 'text': {
      const { auditText } = await import('../../report/audit-text.js');
      return all.map((one) => auditText(one, paint)).join('\n');
    }
    case 'markdown':
      return all.map((await import('../../report/audit-markdown.js')).auditMarkdown).join('\n');
    case 'latex':
      return all.map((await import('../../report/audit-latex.js')).auditLatex).join('\n');
    case 'html':
      return (await import('../../report/audit-html.js')).auditHtml(
        all,
        audits.map((one) => one.picture),
      );
    case 'json':
      return (await import('../../report/audit-json.js')).auditJson(all);
  }
}

const steps = (given: string): number => {
  const value = Number(given);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Failure(`--budget is \`${given}\`, expected a whole number of steps`);
};

export function defineAudit(program: Command, context: Context): void {
  const command = program
    .command('audit')
    .summary('what objectives do to right and wrong rollouts')
    .description(
      'Answers a fixed list of questions about objectives, with proofs, witnesses and measurements.',
    )
    .argument('[paths...]', 'files or folders, - for standard input (default: objectives/)')
    .option('--objective <name>', 'only this objective')
    .option('--budget <steps>', 'work for each question, counted, not timed', steps)
    .addOption(formatOption(FORMATS))
    .option('-o, --output <file>', 'where the page goes (default: stdout)');
  withWatch(withConfig(withStdinName(command)))
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: Options) =>
      perform(context, options, (own) => auditCommand(own, paths, options)),
    );
}
