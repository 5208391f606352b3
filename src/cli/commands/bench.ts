/** `veriloss bench`: how fast an objective is, by every way to run it that there is here. */
import type { Command } from 'commander';
import { oneOf } from '../colour.js';
import { BACKENDS, type BackendName } from '../backends/start.js';
import type { Context } from '../context.js';
import { kernelPathsOf } from '../../runtime/fused/kernel-paths.js';
import { Failure } from '../failure.js';
import { formatOf } from '../formats.js';
import { atLeastOne, tolerance, wholeNumber } from '../numbers.js';
import {
  choice,
  formatOption,
  perform,
  withConfig,
  withQuiet,
  withStdinName,
  type ConfigOptions,
  type QuietOption,
} from '../options.js';
import { addSetting, type Settings } from '../settings.js';

const FORMATS = ['text', 'json'] as const;
/** B and T. */
export type Shape = readonly [number, number];

export interface BenchOptions extends ConfigOptions, QuietOption {
  readonly shape?: readonly Shape[];
  readonly backend?: readonly BackendName[];
  readonly path?: readonly string[];
  readonly rounds: number;
  readonly groupSize?: number;
  readonly kept: number;
  readonly prepare?: true;
  readonly rtol: number;
  readonly set?: Settings;
  readonly seed: number;
  readonly objective?: string;
  readonly format?: (typeof FORMATS)[number];
  readonly output?: string;
  readonly stdinFilename?: string;
}

const HELP = `
For each objective, shape and backend, the loss and its gradients are computed by every path that runs there: ops, the
portable operations of TensorFlow.js, and the kernels of the compiled module. Paths take turns, round by round, after
some rounds to warm up, beside a plain copy of as many bytes as the fused plan moves, in the memory of the backend. Each
backend has a process of its own. Ratios are of times in the same round: they can be compared with those of other machines,
times cannot. docs/performance.md says more, and what is in the JSON.

Batches are drawn from the domains of the inputs: rollouts of different lengths, in groups of one size, but for the last,
which may be smaller.

Exit codes
  0  measured, and the gradients of all paths agree
  1  gradients differ; the program is wrong
  2  wrong usage, a batch or a parameter that does not fit, a backend or a path that was asked for and is not there

Examples
  veriloss bench objectives/grpo.obj
  veriloss bench objectives/real.obj --shape 64,2048 --shape 512,1024 --backend wasm
  veriloss bench objectives/grpo.obj objectives/real.obj --rounds 51 --format json -o bench.json
`;

/** One shape more: `B,T`. */
function addShape(given: string, before: readonly Shape[] = []): readonly Shape[] {
  const [rollouts, positions, ...more] = given
    .split(',')
    .map((one) => (/^\d{1,9}$/.test(one) ? Number(one) : 0));
  if (rollouts && positions && more.length === 0) return [...before, [rollouts, positions]];
  throw new Failure(`--shape is \`${given}\`, expected rollouts and positions`, 'write `--shape 64,2048`');
}

function share(given: string): number {
  const value = given.trim() === '' ? NaN : Number(given);
  if (value > 0 && value <= 1) return value;
  throw new Failure(`--kept is \`${given}\`, expected a share above 0, up to 1`);
}

const backendOf = oneOf('--backend', BACKENDS);
const addOnce = <Word>(word: Word, before: readonly Word[] = []): readonly Word[] =>
  before.includes(word) ? before : [...before, word];
const addBackend = (given: string, before?: readonly BackendName[]): readonly BackendName[] =>
  addOnce(backendOf(given), before);
const PATHS = ['ops', ...kernelPathsOf()];
const pathOf = oneOf('--path', PATHS);
const addPath = (given: string, before?: readonly string[]): readonly string[] =>
  addOnce(pathOf(given), before);

async function bench(context: Context, paths: readonly string[], given: BenchOptions): Promise<void> {
  const format = formatOf(context.io.env, given.format, FORMATS);
  // What measures is loaded by what measures.
  const { benched } = await import('../bench/benched.js');
  await benched(context, paths, format === undefined ? given : { ...given, format });
}

export function defineBench(program: Command, context: Context): void {
  const command = program
    .command('bench')
    .summary('how fast objectives are, by every way to run them')
    .description('Measures the loss with its gradients by every path, and holds the paths to one another.')
    .argument('<files...>', 'objective files, - for standard input')
    .option('--shape <B,T>', 'rollouts and positions; repeat it for others (default: 64,2048)', addShape)
    .addOption(
      choice(
        '--backend <backend>',
        `${BACKENDS.join(', ')}; repeat it for others (default: all that are there)`,
        BACKENDS,
      ).argParser(addBackend),
    )
    .addOption(
      choice(
        '--path <path>',
        `beside ops, ${kernelPathsOf().join(', ')}; repeat it for others (default: all that a backend has)`,
        PATHS,
      ).argParser(addPath),
    )
    .option('--rounds <count>', 'how often each path is measured (default: 25)', atLeastOne('--rounds'), 25)
    .option(
      '--group-size <count>',
      'rollouts of a group (default: what the objective demands, else 8)',
      atLeastOne('--group-size'),
    )
    .option('--kept <share>', 'the share of positions that count, lengths differ (default: 0.7)', share, 0.7)
    .option('--prepare', 'prepare the layout in every step, as where a batch serves one only')
    .option(
      '--rtol <number>',
      'how far gradients may be apart, of the largest (default: 1e-3)',
      tolerance('--rtol'),
      1e-3,
    )
    .option('--set <name=value>', 'a parameter; repeat it for others', addSetting)
    .option('--seed <number>', 'another seed, other batches (default: 1)', wholeNumber('--seed'), 1)
    .option('--objective <name>', 'which objective, where a file holds several')
    .addOption(formatOption(FORMATS))
    .option('-o, --output <file>', 'where the result goes (default: stdout)');
  withQuiet(withConfig(withStdinName(command)))
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: BenchOptions) =>
      perform(context, options, (own) => bench(own, paths, options)),
    );
}
