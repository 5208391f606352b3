/** `veriloss doctor`: what surrounds the command, and what to do where something does not work. */
import type { Command } from 'commander';
import { counted } from '../../report/diagnostics-text.js';
import { FORMAT_VERSION } from '../../report/diagnostics-json.js';
import type { Context } from '../context.js';
import type { Finding } from '../doctor/finding.js';
import { EXIT } from '../failure.js';
import { formatOf } from '../formats.js';
import { formatOption, withConfig, type ConfigOptions } from '../options.js';
import { cross, tick } from '../output.js';

const FORMATS = ['text', 'json'] as const;

interface Options extends ConfigOptions {
  readonly format?: (typeof FORMATS)[number];
}

const HELP = `
Looks at Node, at this program and the project's own, at the configuration and the objectives, at what git does to
files called .obj, at the editor, and at the packages of the backends. Each line is good (✓), a note (·), or wrong (✗).

Exit codes
  0  nothing is broken
  1  something is
  2  wrong usage

Examples
  veriloss doctor
  veriloss doctor --format json    to attach to a report
`;

function text({ out: { paint } }: Context, findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const signs = { good: paint.green('✓'), note: paint.cyan('·'), wrong: paint.red('✗') } as const;
  const lines = findings.flatMap(({ name, state, text: said, hint }) => [
    `${signs[state]} ${name.padEnd(width)}  ${said}\n`,
    ...(hint === undefined ? [] : [`${' '.repeat(width + 4)}${paint.blue('=')} hint: ${hint}\n`]),
  ]);
  const broken = findings.filter(({ state }) => state === 'wrong').length;
  const verdict =
    broken === 0
      ? tick(paint, 'nothing is broken')
      : cross(
          paint,
          `${counted(broken, 'thing')} of ${findings.length} ${broken === 1 ? 'is' : 'are'} broken`,
        );
  return `${lines.join('')}\n${verdict}`;
}

async function doctor(context: Context, options: Options): Promise<void> {
  const { io, out, settle } = context;
  const format = formatOf(io.env, options.format, FORMATS);
  const { examined } = await import('../doctor/doctor.js');
  const findings = await examined(io, options);
  const isBroken = findings.some(({ state }) => state === 'wrong');
  if (format === 'json') {
    const document = { format_version: FORMAT_VERSION, broken: isBroken, findings };
    out.data(`${JSON.stringify(document, null, 2)}\n`);
  } else out.data(text(context, findings));
  if (isBroken) settle(EXIT.wrong);
}

export function defineDoctor(program: Command, context: Context): void {
  const command = program
    .command('doctor')
    .summary('what surrounds the command, and what to do where it does not work')
    .description('Looks at what surrounds the command, and says what to do where something does not work.')
    .addOption(formatOption(FORMATS));
  withConfig(command)
    .addHelpText('after', HELP)
    .action((options: Options) => doctor(context, options));
}
