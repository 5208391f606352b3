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
  readonly isTerminal: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /**
   * Told of every file that is about to be read or looked for, and of every folder that is about to be searched, by
   * absolute path: what `--watch` has to watch.
   */
  readonly onRead: (path: string, what: 'file' | 'folder') => void;
  /** Asks the user; nothing where the user breaks off. */
  readonly ask: (question: Question) => Promise<string | undefined>;
  /** Where work is shared among threads; absent where all of it is done in this one. */
  readonly threads?: Threads;
  /** The module that a process of its own runs for each backend that is measured: `bench/process.ts`; absent as `threads`. */
  readonly backendProcess?: URL;
  /** Ends `--watch`. A process needs none: its signal ends it. */
  readonly interrupted?: AbortSignal;
}

export interface Threads {
  /** How many run at once. */
  readonly most: number;
  /** The module that each of them runs: `verify/thread.ts`. */
  readonly entry: URL;
}

export interface Question {
  readonly text: string;
  /** What may be answered; anything where there are none. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** What is answered by a bare return. */
  readonly usual: string;
}
