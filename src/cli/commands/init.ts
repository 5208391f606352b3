/** `veriloss init`: what a project needs to begin with. */
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { EDITORS, FORMS, OBJECTIVES, SERVICES } from '../init/answers.js';
import type { InitOptions } from '../init/init.js';
import { choice } from '../options.js';

const HELP = `
Writes a first objective, the configuration, what git has to know (templates of ignore files and of LFS take .obj for
compilers' files and meshes), the editor's association, and a workflow that checks the objectives at every push.
Nothing is overwritten: what is there is kept, and extended where that is possible. On a terminal it asks what no
option says; elsewhere, and with --yes, it does what is usual. A second run changes nothing.

Exit codes
  0    done, or nothing to do
  2    wrong usage, a file that cannot be read or written
  130  broken off; nothing was written

Examples
  veriloss init
  veriloss init --yes --dry-run
  veriloss init training --objective real --config-form pyproject --ci none
`;

export function defineInit(program: Command, context: Context): void {
  program
    .command('init')
    .summary('what a project needs to begin with')
    .description(
      'Writes what a project needs to begin with: an objective, and what tools have to know of it.',
    )
    .argument('[folder]', 'where (default: the current folder)')
    .addOption(
      choice(
        '--objective <name>',
        `the first objective: ${OBJECTIVES.join(', ')} (default: grpo)`,
        OBJECTIVES,
      ),
    )
    .addOption(
      choice(
        '--config-form <form>',
        `where the configuration goes: ${FORMS.join(', ')} (default: json)`,
        FORMS,
      ),
    )
    .option('--out-dir <folder>', 'where compiled code goes; then CI checks that it is fresh')
    .addOption(choice('--ci <service>', `${SERVICES.join(' or ')} (default: github)`, SERVICES))
    .addOption(choice('--editor <editor>', `${EDITORS.join(' or ')} (default: vscode)`, EDITORS))
    .option('-y, --yes', 'ask nothing')
    .option('--dry-run', 'write nothing, and say what would be')
    .addHelpText('after', HELP)
    .action(async (folder: string | undefined, options: InitOptions) => {
      const { init } = await import('../init/init.js');
      const names = program.commands.map((command) => command.name());
      await init(context, folder ?? '.', options, names);
    });
}
