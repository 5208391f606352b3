/** `veriloss conform`: the results of an implementation against the objective. */
import type { Command } from 'commander';
import { conformance, DEFAULT_RTOL } from '../../conform.js';
import { readResults } from '../../conform/read.js';
import type { DerivedProgram } from '../../ir/program.js';
import { nearest } from '../../base/suggest.js';
import type { ConformanceText } from '../../report/conformance.js';
import { conformanceJson } from '../../report/conformance-json.js';
import { conformanceJunit } from '../../report/conformance-junit.js';
import { conformanceText } from '../../report/conformance-text.js';
import { testVectors, type Vector } from '../../vectors.js';
import { problemFailure } from '../batches.js';
import { oneOf } from '../colour.js';
import { configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { withConfig, withStdinName, type ConfigOptions } from '../options.js';
import { EXIT, Failure } from '../failure.js';
import { readText } from '../files.js';
import type { Io } from '../io.js';
import { load } from '../loaded.js';
import { tolerance, wholeNumber } from '../numbers.js';
import type { Output } from '../output.js';
import { addSetting, type Settings } from '../settings.js';
import { readObject, storedVectors } from '../vector-sets.js';

const FORMATS = ['text', 'json', 'junit'] as const;

interface Options extends ConfigOptions {
  readonly against: string;
  readonly vectors?: string;
  readonly rtol?: number;
  readonly atol?: number;
  readonly set?: Settings;
  readonly seed?: number;
  readonly objective?: string;
  readonly format?: (typeof FORMATS)[number];
  readonly stdinFilename?: string;
}

const HELP = `
Results are a JSON object with one member per vector, each {"loss": …, "grad": {…}} as \`eval\` writes it, with
"metrics" if you like; "NaN", "inf" and "-inf" in quotes. The vectors are those that \`veriloss vectors\` wrote to the
folder (or the document) of --vectors, which must be of this very objective; without it, they are drawn anew.

A number agrees when abs(found - expected) <= atol + rtol * abs(expected). Without --atol, atol is 1e-13 of the sizes
in that result, or rtol/100 of them where rtol is 1e-5 or more: then results are taken as computed in float32, and
vectors on which float32 overflows are not held against them.

Where results differ, known differences between frameworks are tried: those are named under which every number agrees.

Exit codes
  0  every result agrees
  1  a result differs or is missing; the program is wrong
  2  wrong usage, files that cannot be read, vectors of another version of the objective

Examples
  veriloss vectors objectives/grpo.obj -o vectors/grpo
  veriloss conform objectives/grpo.obj --vectors vectors/grpo --against results.json
  veriloss conform objectives/grpo.obj --against float32.json --rtol 1e-4 --format junit > report.xml
`;

async function vectorsFor(io: Io, program: DerivedProgram, options: Options): Promise<readonly Vector[]> {
  const { vectors: path, seed, set: params } = options;
  if (path === undefined) {
    const set = await testVectors(program, { ...(seed === undefined ? {} : { seed }), params: params ?? {} });
    if ('problem' in set) throw problemFailure(undefined, set.problem);
    return set.vectors;
  }
  if (seed !== undefined || params !== undefined)
    throw new Failure(`--vectors and ${seed === undefined ? '--set' : '--seed'} exclude each other`);
  return storedVectors(io, path, program);
}

function formatted(of: ConformanceText, format: (typeof FORMATS)[number], { paint }: Output): string {
  if (format === 'json') return conformanceJson(of);
  return format === 'junit' ? conformanceJunit(of) : conformanceText(of, paint);
}

async function conform({ io, out, settle }: Context, path: string, options: Options): Promise<void> {
  const { against, format = 'text', rtol = DEFAULT_RTOL, atol } = options;
  if (path === '-' && against === '-')
    throw new Failure('the objective and the results cannot both come from standard input');
  const file = await readText(io, path, options.stdinFilename);
  const { unit } = await load(file, options.objective, configs(io, options));
  const vectors = await vectorsFor(io, unit.program, options);
  const { name, raw } = await readObject(io, against);
  const results = readResults(raw);
  if ('problem' in results) throw problemFailure(name, results.problem);
  const names = vectors.map((vector) => vector.name);
  if (!names.some((one) => results.value.has(one)))
    throw new Failure(
      `${name} has no result for any vector of \`${unit.program.name}\``,
      `its members are named after vectors: \`${names.slice(0, 2).join('`, `')}\``,
    );
  const outcome = conformance(unit.program, vectors, results.value, {
    rtol,
    ...(atol === undefined ? {} : { atol }),
  });
  for (const stray of outcome.strays) {
    const meant = nearest(stray, names);
    out.note(`no vector is called \`${stray}\`${meant === undefined ? '' : `; there is \`${meant}\``}`);
  }
  out.data(formatted(outcome, format, out));
  settle(outcome.conforms ? EXIT.good : EXIT.wrong);
}

export function defineConform(program: Command, context: Context): void {
  const command = program
    .command('conform')
    .summary('the results of an implementation against the objective')
    .description('Compares results with the objective, and says which known difference they look like.')
    .argument('<file>', 'an objective file, - for standard input')
    .requiredOption('--against <results>', 'results by name of vector (.json), - for standard input')
    .option('--vectors <folder>', 'the vectors that the results are for (default: drawn anew)')
    .option('--rtol <number>', `relative tolerance (default: ${DEFAULT_RTOL})`, tolerance('--rtol'))
    .option(
      '--atol <number>',
      'absolute tolerance (default: by the size of each result)',
      tolerance('--atol'),
    )
    .option('--set <name=value>', 'a parameter that the vectors were drawn with', addSetting)
    .option('--seed <number>', 'the seed that they were drawn with (default: 1)', wholeNumber('--seed'))
    .option('--objective <name>', 'which objective, where the file holds several')
    .option('--format <format>', 'text, json or junit (default: text)', oneOf('--format', FORMATS));
  withConfig(withStdinName(command))
    .addHelpText('after', HELP)
    .action((path: string, options: Options) => conform(context, path, options));
}
