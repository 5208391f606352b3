/** What a command is given: the process, its output, and a place for its exit code. */
import type { Command } from 'commander';
import type { Io } from './io.js';
import type { Output } from './output.js';

export interface Context {
  readonly io: Io;
  readonly out: Output;
  /** The words of the command line, without the program's own name. */
  readonly argv: readonly string[];
  /** Sets the exit code; 0 unless a command says otherwise. */
  readonly settle: (code: number) => void;
}

/** Adds one command to the program. */
export type DefineCommand = (program: Command, context: Context) => void;
