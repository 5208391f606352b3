/** Options that several commands share, and what they do before and after a command's own work. */
import { Option, type Command } from 'commander';
import { oneOf } from './colour.js';
import type { ConfigOptions } from './config/configs.js';
import type { Context } from './context.js';
import { quieted } from './output.js';

export interface QuietOption {
  readonly quiet?: true;
}
export interface WatchOption {
  readonly watch?: true;
}
export type { ConfigOptions };

/** An option that takes one of a list of words; completion offers them. */
export const choice = <const Word extends string>(
  flags: string,
  description: string,
  words: readonly Word[],
): Option =>
  new Option(flags, description).choices(words).argParser(oneOf(/--[\w-]+/.exec(flags)?.[0] ?? flags, words));

/** `--format`, whose first format is what a command does without it. */
export const formatOption = (formats: readonly string[]): Option => {
  const words = formats.length > 2 ? formats.join(', ') : formats.join(' or ');
  return choice('--format <format>', `${words} (default: ${formats[0] ?? ''})`, formats);
};

export const withConfig = (command: Command): Command =>
  command
    .option('--config <file>', 'the configuration file (default: the nearest one)')
    .option('--isolated', 'without configuration files');

export const withStdinName = (command: Command): Command =>
  command.option('--stdin-filename <name>', 'what diagnostics call standard input');

export const withQuiet = (command: Command): Command =>
  command.option('-q, --quiet', 'say only what is wrong: no notes, no line of success');

export const withWatch = (command: Command): Command =>
  command.option('-w, --watch', 'run again when a file changes that was read; Ctrl-C ends it');

/** Runs a command's work as its shared options say: once, or again at every change. */
export async function perform(
  context: Context,
  { quiet, watch }: QuietOption & WatchOption,
  work: (context: Context) => Promise<void>,
): Promise<void> {
  const own = quiet ? { ...context, out: quieted(context.out) } : context;
  if (!watch) return work(own);
  const { watching } = await import('./watch.js');
  return watching(own, work);
}
