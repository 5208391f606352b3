/** What the command line needs of the process that it runs in; a test brings its own. */

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** All of standard input. */
  readonly readStdin: () => Promise<Uint8Array>;
  /** Relative paths start here. */
  readonly cwd: string;
  readonly env: Environment;
  /** Whether each stream is a terminal. */
  readonly isTerminal: { readonly stdout: boolean; readonly stderr: boolean };
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}
