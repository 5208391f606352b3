/** `veriloss vectors`: test vectors of one objective, for an implementation in any language. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { counted } from '../../report/diagnostics-text.js';
import { vectorFiles, vectorsJson } from '../../report/vectors-json.js';
import { testVectors } from '../../vectors.js';
import { problemFailure } from '../batches.js';
import { configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { Failure } from '../failure.js';
import { readText } from '../files.js';
import { load } from '../loaded.js';
import { wholeNumber } from '../numbers.js';
import { withConfig, withStdinName, type ConfigOptions } from '../options.js';
import { tick } from '../output.js';
import { addSetting, type Settings } from '../settings.js';
import { writeAll } from '../written.js';

interface Options extends ConfigOptions {
  readonly output?: string;
  readonly set?: Settings;
  readonly seed?: number;
  readonly objective?: string;
  readonly stdinFilename?: string;
}

const HELP = `
Writes batches with the loss, the gradient and the metrics that the objective has on them, in float64: typical ones
and those that implementations get wrong. One JSON file each, a manifest, and a README.md that says what they hold.
Without -o, one JSON document goes to standard output. What an objective has no vectors of, notes say, and why.
The same file, parameters and seed give the same bytes.

Exit codes
  0  written
  1  the program is wrong
  2  wrong usage, a parameter that does not fit, a file that cannot be read or written

Examples
  veriloss vectors objectives/grpo.obj -o vectors/grpo
  veriloss vectors objectives/real.obj --set tau=1 --seed 7 > real.json
`;

async function vectorsCommand({ io, out }: Context, path: string, options: Options): Promise<void> {
  const { output, set: params = {}, seed = 1 } = options;
  const file = await readText(io, path, options.stdinFilename);
  const { unit } = await load(file, options.objective, configs(io, options));
  if (
    output !== undefined &&
    (statSync(resolve(io.cwd, output), { throwIfNoEntry: false })?.isFile() ?? false)
  )
    throw new Failure(`-o is ${output}, which is a file, expected a folder`);
  const set = await testVectors(unit.program, { seed, params });
  if ('problem' in set) throw problemFailure(undefined, set.problem);
  for (const { family, name, why } of set.gaps)
    out.note(
      name === undefined ? `no vectors of \`${family}\`: ${why}` : `no \`${name}\` of \`${family}\`: ${why}`,
    );
  if (output === undefined) {
    out.data(vectorsJson(set, unit.program));
    return;
  }
  const files = vectorFiles(set, unit.program);
  writeAll(
    files.map(({ path: name, text }) => ({
      path: resolve(io.cwd, output, name),
      name: join(output, name),
      text,
    })),
  );
  out.data(tick(out.paint, `${set.objective}: wrote ${counted(set.vectors.length, 'vector')} to ${output}`));
}

export function defineVectors(program: Command, context: Context): void {
  const command = program
    .command('vectors')
    .summary('test vectors for implementations in any language')
    .description('Writes test vectors of one objective: batches, and what the objective gives on them.')
    .argument('<file>', 'an objective file, - for standard input')
    .option('-o, --output <folder>', 'where the files go (default: one document to standard output)')
    .option(
      '--set <name=value>',
      'a parameter that every vector shall have; repeat it for others',
      addSetting,
    )
    .option('--seed <number>', 'another seed, other numbers (default: 1)', wholeNumber('--seed'))
    .option('--objective <name>', 'which objective, where the file holds several');
  withConfig(withStdinName(command))
    .addHelpText('after', HELP)
    .action((path: string, options: Options) => vectorsCommand(context, path, options));
}
