/** `veriloss verify`: reads the claims. Deciding them is not in this version, and nothing that is undecided passes. */
import type { Command } from 'commander';
import { counted } from '../../report/diagnostics-text.js';
import { configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { EXIT } from '../failure.js';
import { objectiveFiles } from '../files.js';
import { analyzed } from '../loaded.js';
import { withConfig, withStdinName, type ConfigOptions } from '../options.js';

interface Options extends ConfigOptions {
  readonly stdinFilename?: string;
}

const HELP = `
Checks the program and reads its claims. This version does not decide them yet: every claim is undecided, and
undecided never passes.

Exit codes
  1  the program is wrong
  2  the claims are undecided; wrong usage

Example
  veriloss verify objectives/real.obj
`;

async function verify(
  { io, out, settle }: Context,
  paths: readonly string[],
  options: Options,
): Promise<void> {
  const found = configs(io, options);
  const { stdinFilename: stdinName } = options;
  const files = await objectiveFiles(io, paths, { stdinName, applied: found.ofFolder });
  const analyses = await analyzed(files, found);
  const models = analyses.flatMap(({ units }) => units).map(({ model }) => model);
  const claims = models.reduce((sum, model) => sum + model.claims.length, 0);
  const where =
    models.length === 1 ? `objective \`${models[0]?.name.text ?? ''}\`` : counted(models.length, 'objective');
  out.failure(
    `deciding claims is not in this version yet: ${counted(claims, 'claim')} of ${where} read, none decided`,
    '`veriloss explain` shows each gradient weight in closed form',
  );
  settle(EXIT.unusable);
}

export function defineVerify(program: Command, context: Context): void {
  const command = program
    .command('verify')
    .summary('the claims of objectives (not decided in this version yet)')
    .description('Reads the claims of objectives. Deciding them is not in this version yet.')
    .argument('[paths...]', 'files or folders, - for standard input (default: objectives/)');
  withConfig(withStdinName(command))
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: Options) => verify(context, paths, options));
}
