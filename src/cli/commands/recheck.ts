/** `veriloss recheck`: certificates, checked against the texts that they are about by a program that proves nothing. */
import type { Command } from 'commander';
import { counted } from '../../report/diagnostics-text.js';
import { FORMAT_VERSION } from '../../report/diagnostics-json.js';
import type { Context } from '../context.js';
import { EXIT, Failure } from '../failure.js';
import { deliver, formatOf } from '../formats.js';
import {
  formatOption,
  perform,
  withQuiet,
  withWatch,
  type QuietOption,
  type WatchOption,
} from '../options.js';
import { cross, tick } from '../output.js';
import { certificatePaths, readCertificate } from '../verify/certificates.js';
import type { Judgement } from '../verify/certificates.js';

const FORMATS = ['text', 'json'] as const;

interface Options extends QuietOption, WatchOption {
  readonly format?: (typeof FORMATS)[number];
  readonly output?: string;
  readonly verbose?: true;
}

const HELP = `
Reads certificates as \`veriloss verify --certificates FOLDER\` writes them, finds the text of each by the path that it
states, relative to itself, and checks every step against that text. The checker shares the parser with the prover, and
nothing else; docs/certificates.md is all that one needs to write another. A certificate of a claim that is worded
differently today is refused.

Exit codes
  0  every certificate is accepted
  1  one is refused
  2  wrong usage, a file that cannot be read

Examples
  veriloss verify --certificates proofs && veriloss recheck proofs
  veriloss recheck proofs/real/02-no-gradient-domination.json
`;

function text(judgements: readonly Judgement[], verbose: boolean, { out }: Context, isFile: boolean): string {
  const paint = isFile ? undefined : out.paint;
  const line = (good: boolean, said: string): string =>
    paint === undefined ? `${good ? '✓' : '✗'} ${said}\n` : (good ? tick : cross)(paint, said);
  return judgements
    .filter(({ accepted }) => verbose || !accepted)
    .map(({ name, objective, title, accepted, reason }) => {
      const claim = title === undefined ? '' : `: ${objective ?? ''}: ${title}`;
      return line(accepted, accepted ? `${name}${claim}` : `${name}${claim}: refused: ${reason ?? ''}`);
    })
    .join('');
}

const json = (judgements: readonly Judgement[]): string => {
  const refused = judgements.filter(({ accepted }) => !accepted).length;
  const summary = { certificates: judgements.length, accepted: judgements.length - refused, refused };
  const certificates = judgements.map(({ name, title: claim, ...rest }) => ({ file: name, claim, ...rest }));
  return `${JSON.stringify({ format_version: FORMAT_VERSION, summary, certificates }, null, 2)}\n`;
};

async function recheckCommand(context: Context, paths: readonly string[], options: Options): Promise<void> {
  const { io, out, settle } = context;
  const started = io.now();
  const format = formatOf(io.env, options.format, FORMATS) ?? 'text';
  const names = await certificatePaths(io, paths);
  if (names.length === 0)
    throw new Failure(
      `there is no certificate in ${paths.join(' and ')}`,
      'certificates are .json files of `veriloss verify --certificates`',
    );
  const judgements: Judgement[] = [];
  for (const name of names) judgements.push(await readCertificate(io, name));
  const isFile = options.output !== undefined;
  const report =
    format === 'json' ? json(judgements) : text(judgements, options.verbose ?? false, context, isFile);
  deliver(context, options.output, report);

  const isText = format === 'text' || isFile;
  const refused = judgements.filter(({ accepted }) => !accepted).length;
  const all = counted(names.length, 'certificate');
  if (refused > 0) {
    const line = `${refused} of ${all} refused`;
    if (isText) out.data(cross(out.paint, line));
    else out.aside(cross(out.errorPaint, line));
    settle(EXIT.wrong);
    return;
  }
  out.success(`${all} accepted in ${Math.round(io.now() - started)} ms`, isText ? 'stdout' : 'stderr');
}

export function defineRecheck(program: Command, context: Context): void {
  const command = program
    .command('recheck')
    .summary('certificates of claims, checked without the prover')
    .description('Checks certificates of claims against the texts that they are about, without the prover.')
    .argument('<paths...>', 'certificates (.json), or folders of them')
    .addOption(formatOption(FORMATS))
    .option('-o, --output <file>', 'where the report goes (default: stdout)')
    .option('-v, --verbose', 'name what is accepted, too');
  withQuiet(withWatch(command))
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: Options) =>
      perform(context, options, (own) => recheckCommand(own, paths, options)),
    );
}
