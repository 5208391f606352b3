/** The command line of the trainer, read into plain data. */
import { Command, CommanderError } from 'commander';
import { defaultConfig } from './config.js';
import { usageError } from './usage-error.js';

export interface Options {
  /** Path of the `.obj` file; undefined for the project's own `real.obj`. */
  readonly objective: string | undefined;
  readonly parameters: Readonly<Record<string, number>>;
  readonly iterations: number;
  readonly seed: number;
  readonly lr: number;
  /** Folder of the run; undefined for `runs/<objective>`. */
  readonly out: string | undefined;
  readonly fresh: boolean;
}

interface RawOptions extends Pick<Options, 'iterations' | 'seed' | 'lr'> {
  readonly objective?: string;
  readonly out?: string;
  readonly set?: Readonly<Record<string, number>>;
  readonly fresh?: boolean;
}

/** The options, or the help text when that was asked for. Anything else wrong is a usage error. */
export function parseOptions(args: readonly string[]): Options | { readonly help: string } {
  let help = '';
  const command = new Command('train')
    .description('Train a small policy to sort eight digits, with the loss generated from an objective.')
    .option('--objective <file>', 'the objective to train with (default: objectives/real.obj)')
    .option('--set <name=value>', 'set a parameter of the objective; may be repeated', addParameter)
    .option(
      '--iterations <count>',
      'reinforcement-learning iterations in all',
      wholeNumber('--iterations', 1),
      defaultConfig.iterations,
    )
    .option(
      '--seed <seed>',
      'seed of weights, prompts and rollouts',
      wholeNumber('--seed', 0),
      defaultConfig.seed,
    )
    .option('--lr <rate>', 'learning rate', learningRate, defaultConfig.lr)
    .option('--out <folder>', 'where the run is kept (default: runs/<objective>)')
    .option('--fresh', 'start anew instead of going on from the checkpoint')
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => (help += text), writeErr: () => undefined });
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { help };
    throw usageError(error.message.replace(/^error: /, ''));
  }
  const { set, objective, out, fresh, ...numbers } = command.opts<RawOptions>();
  return { ...numbers, objective, out, parameters: set ?? {}, fresh: fresh ?? false };
}

function addParameter(
  text: string,
  earlier: Readonly<Record<string, number>> | undefined,
): Readonly<Record<string, number>> {
  const [, name, value] = /^([^=\s]+)=(\S+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined || !Number.isFinite(Number(value))) {
    throw usageError(`--set: expected name=number, found \`${text}\``);
  }
  return { ...earlier, [name]: Number(value) };
}

function wholeNumber(flag: string, least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw usageError(`${flag}: expected a whole number from ${least}, found \`${text}\``);
    }
    return value;
  };
}

function learningRate(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value))
    throw usageError(`--lr: expected a number above 0, found \`${text}\``);
  return value;
}
