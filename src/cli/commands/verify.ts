/** `veriloss verify`: decides the claims of objectives, and says what was found in the format that is wanted. */
import type { Command } from 'commander';
import { configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { Failure } from '../failure.js';
import { formatOf } from '../formats.js';
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
import { atLeastOne } from '../numbers.js';
import { addPattern } from '../verify/only.js';

const FORMATS = ['text', 'concise', 'json', 'github', 'sarif', 'junit', 'markdown', 'html'] as const;

export interface VerifyCommandOptions extends ConfigOptions, QuietOption, WatchOption {
  readonly format?: (typeof FORMATS)[number];
  readonly output?: string;
  readonly verbose?: true;
  readonly only?: readonly string[];
  readonly budget?: number;
  readonly certificates?: string;
  readonly witnesses?: string;
  readonly recheck?: true;
  readonly threads?: number;
  /** False for `--no-cache`. */
  readonly cache: boolean;
  readonly stdinFilename?: string;
}

const HELP = `
Decides each claim for all batches and all parameters, not for samples. A \`verify\` passes when it is proved, a \`refute\`
when it is refuted; what is unknown never passes. docs/verification.md says what the words mean.

Work is counted, not timed: the same claims have the same verdicts on every machine. Verdicts are kept between runs, by
the content of a file and of what it imports, the options and the version of the prover: in the folder VERILOSS_CACHE, else
in \`verify.cacheFolder\` of the configuration, else in node_modules/.cache/veriloss, else in the user's cache folder.
VERILOSS_CACHE=off keeps nothing. The claims of many files are decided in threads, and are the same with any number of them.

Formats
  text      what is decided, a frame for each claim that fails, and a line that counts
  concise   one line for each claim that fails: file:line:column: status[CODE] title
  json      one document, format_version 1.0; its schema is veriloss/verdicts.schema.json
  github    annotations on the claims that fail; where GITHUB_ACTIONS=true they are added to the text by themselves, and
            the summary of the job is written
  sarif     SARIF 2.1.0 for code scanning       junit     a case for each claim, for CI services
  markdown  for a pull request                  html      one page that needs nothing else
  VERILOSS_FORMAT names the format where --format does not.

Exit codes
  0  every \`verify\` is proved, and every \`refute\` is refuted
  1  a claim fails; the program is wrong
  2  wrong usage, a file that cannot be read or written, nothing that is claimed

Examples
  veriloss verify                                              every objective in objectives/
  veriloss verify objectives/real.obj --verbose                what was found on the way, too
  veriloss verify objectives/real.obj --only 'no gradient *'   the claims with such a label
  veriloss verify --certificates proofs --recheck              certificates, checked by another program at once
  veriloss verify --witnesses witnesses                        batches on which \`veriloss eval\` shows what is refuted
  veriloss verify --format sarif -o veriloss.sarif
`;

async function verify(
  context: Context,
  paths: readonly string[],
  given: VerifyCommandOptions,
): Promise<void> {
  const format = formatOf(context.io.env, given.format, FORMATS);
  const options = format === undefined ? given : { ...given, format };
  if (options.certificates !== undefined && options.certificates === options.witnesses)
    throw new Failure('--certificates and --witnesses name the same folder', 'choose two');
  const found = configs(context.io, options);
  // The prover is loaded by what proves.
  const { verified } = await import('../verify/verified.js');
  await verified(context, paths, options, found);
}

export function defineVerify(program: Command, context: Context): void {
  const command = program
    .command('verify')
    .summary('the claims of objectives, proved or refuted')
    .description('Decides the claims of objectives: proved, refuted by a batch that shows it, or unknown.')
    .argument('[paths...]', 'files or folders, - for standard input (default: objectives/)')
    .option('--only <pattern>', 'claims with this label, * for any text; repeat it for others', addPattern)
    .addOption(formatOption(FORMATS))
    .option('-o, --output <file>', 'where the report goes (default: stdout)')
    .option('-v, --verbose', 'every claim, with what was found on the way')
    .option('--certificates <folder>', 'where certificates go, one for each claim that is decided')
    .option('--witnesses <folder>', 'where batches go that show what is refuted, for `veriloss eval`')
    .option('--recheck', 'check each certificate at once, as `veriloss recheck` does')
    .option(
      '--budget <steps>',
      'how much work each claim may take before it is unknown',
      atLeastOne('--budget'),
    )
    .option(
      '--threads <count>',
      'how many threads decide the claims of many files (default: one for each core)',
      atLeastOne('--threads'),
    )
    .option('--no-cache', 'decide everything anew, and keep nothing');
  withQuiet(withWatch(withConfig(withStdinName(command))))
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: VerifyCommandOptions) =>
      perform(context, options, (own) => verify(own, paths, options)),
    );
}
