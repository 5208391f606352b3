/** Builds the command line from its commands. */
import { Command } from 'commander';
import { VERSION } from '../base/version.js';
import { COLOUR_CHOICES } from './colour.js';
import { commands } from './commands/index.js';
import type { Context } from './context.js';
import { choice } from './options.js';

const EXIT_CODES = `
Exit codes
  0    all is well
  1    the program is wrong, a claim fails or is undecided, a certificate is refused, compiled code is stale, a file is
       not formatted, results or gradients differ, or something around it is broken (doctor)
  2    wrong usage, a configuration or batch that does not fit, an internal error
  130  interrupted
`;

const AFTER = `${EXIT_CODES}
Examples
  veriloss init                                    what a project needs to begin with
  veriloss check                                   every objective in objectives/
  veriloss compile objectives/grpo.obj -o loss.ts  fused training code, with its gradient
  veriloss eval objectives/grpo.obj --batch b.json the loss and its gradient on one batch
  veriloss explain objectives/real.obj             what it does, in closed form
  veriloss verify                                  what every objective claims, proved or refuted
  veriloss explain E0301                           what a code means
  veriloss bench objectives/real.obj               how fast it is, on every backend there is
  veriloss fmt                                     every objective in its one layout

\`veriloss COMMAND --help\` says more about each command.
`;

/** The program with every command. It writes through the context, and throws instead of leaving the process. */
export function buildProgram(context: Context): Command {
  const program = new Command('veriloss')
    .description(
      'Write an RL objective once; check it, prove what it claims, compile it to fused training code.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureHelp({
      helpWidth: 100,
      optionDescription: ({ description }) => description,
      argumentDescription: ({ description }) => description,
    })
    .configureOutput({
      writeOut: context.out.data,
      writeErr: context.out.aside,
      // Said by whoever catches the error that follows.
      outputError: () => {},
    });
  for (const define of commands) define(program, context);
  for (const command of program.commands)
    command.addOption(choice('--color <when>', 'auto, always or never', COLOUR_CHOICES));
  return program
    .addOption(choice('--color <when>', 'auto, always or never', COLOUR_CHOICES))
    .addHelpText('after', AFTER);
}
