/** What can stand where on the command line, read off the commands themselves, for the shells to be told. */
import type { Argument, Command, Option } from 'commander';
import { kinds } from '../../kinds.js';

/** What completes a value: some words, paths, or nothing that could be known. */
export interface Value {
  readonly words: readonly string[];
  readonly paths: 'files' | 'folders' | 'none';
}

export interface CompletedOption {
  readonly short: string | undefined;
  readonly long: string;
  readonly description: string;
  /** Nothing for an option that takes no value. */
  readonly value: Value | undefined;
}

export interface CompletedCommand {
  /** Empty for the program itself. */
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** What completes an argument; nothing where there is none. */
  readonly argument: Value | undefined;
}

export interface Model {
  readonly program: CompletedCommand;
  readonly commands: readonly CompletedCommand[];
}

const NOTHING: Value = { words: [], paths: 'none' };
const FILES: Value = { words: [], paths: 'files' };

/** What the names that stand for values in the help mean. */
const PLACEHOLDERS: Readonly<Record<string, Value>> = {
  file: FILES,
  batch: FILES,
  path: FILES,
  paths: FILES,
  folder: { words: [], paths: 'folders' },
  'file|code': { words: kinds.map(({ code }) => code), paths: 'files' },
};

const named = (placeholder: string, words: readonly string[] | undefined): Value =>
  words === undefined ? (PLACEHOLDERS[placeholder] ?? NOTHING) : { words, paths: 'none' };

function optionOf(option: Option): CompletedOption {
  const placeholder = /[<[]([^>\]]*)/.exec(option.flags)?.[1];
  return {
    short: option.short,
    long: option.long ?? option.flags,
    description: option.description,
    value: placeholder === undefined ? undefined : named(placeholder, option.argChoices),
  };
}

const argumentOf = (argument: Argument | undefined, commands: readonly string[]): Value | undefined => {
  if (argument === undefined) return undefined;
  const words = argument.name() === 'command' ? commands : argument.argChoices;
  return named(argument.name(), words);
};

/** What completes each command of a program. */
export function modelOf(program: Command): Model {
  const help = program.createHelp();
  const all = help.visibleCommands(program);
  const names = all.map((command) => command.name());
  const describe = (command: Command, name: string): CompletedCommand => ({
    name,
    description: command.summary() || command.description(),
    options: help.visibleOptions(command).map(optionOf),
    argument: argumentOf(command.registeredArguments[0], names),
  });
  return {
    program: { ...describe(program, ''), argument: { words: names, paths: 'none' } },
    commands: all.map((command) => describe(command, command.name())),
  };
}

/** Every spelling of an option. */
export const spellings = ({ short, long }: CompletedOption): readonly string[] =>
  short === undefined ? [long] : [short, long];
