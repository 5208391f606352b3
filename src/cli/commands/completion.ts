/** `veriloss completion`: a script by which a shell completes commands, options and their values. */
import { Argument, type Command } from 'commander';
import { oneOf } from '../colour.js';
import type { Context } from '../context.js';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
type Shell = (typeof SHELLS)[number];

const HELP = `
Prints the script; it starts nothing when it completes. After an update of veriloss, print it again.

To install it
  bash        echo 'eval "$(veriloss completion bash)"' >> ~/.bashrc
  zsh         echo 'eval "$(veriloss completion zsh)"' >> ~/.zshrc      after compinit
  fish        veriloss completion fish > ~/.config/fish/completions/veriloss.fish
  powershell  veriloss completion powershell >> $PROFILE

Exit codes
  0  printed
  2  wrong usage

Example
  eval "$(veriloss completion bash)"    for this shell alone
`;

async function completion({ out }: Context, program: Command, shell: Shell): Promise<void> {
  const { modelOf } = await import('../completion/model.js');
  const scripts = {
    bash: async () => (await import('../completion/bash.js')).bash,
    zsh: async () => (await import('../completion/zsh.js')).zsh,
    fish: async () => (await import('../completion/fish.js')).fish,
    powershell: async () => (await import('../completion/powershell.js')).powershell,
  } as const;
  const script = await scripts[shell]();
  out.data(script(modelOf(program)));
}

export function defineCompletion(program: Command, context: Context): void {
  program
    .command('completion')
    .summary('a script that completes the command line in a shell')
    .description('Prints a script by which a shell completes commands, options and their values.')
    .addArgument(
      new Argument('<shell>', SHELLS.join(', ')).choices(SHELLS).argParser(oneOf('the shell', SHELLS)),
    )
    .addHelpText('after', HELP)
    .action((shell: Shell) => completion(context, program, shell));
}
