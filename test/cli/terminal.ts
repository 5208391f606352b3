/** A terminal for tests of the command line: a folder with files, commands in it, and what they print. Not a test. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Threads } from '../../src/cli/io.js';
import { run } from '../../src/cli/run.js';

export interface Surroundings {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether standard input, stdout and stderr are terminals. */
  readonly terminal?: boolean;
  /** What the user answers, in turn; then they break off. */
  readonly answers?: readonly string[];
  /** None where nothing is said. */
  readonly threads?: Threads;
  /** Of `bench`; without one, backends are measured in this process. */
  readonly backendProcess?: URL;
}

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Terminal {
  readonly folder: string;
  /** Runs `veriloss` with the words of a line; a word with spaces stands in single quotes. */
  readonly veriloss: (line: string, surroundings?: Surroundings) => Promise<Result>;
  /** Starts one that goes on until it is stopped. */
  readonly start: (line: string, onTerminal?: boolean) => Running;
  readonly read: (path: string) => string;
  readonly write: (path: string, content: string | Uint8Array) => void;
}

const words = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');

/** Runs in this process, in any folder. Every look at the clock finds it 41 ms later. */
export async function runIn(cwd: string, argv: readonly string[], given: Surroundings = {}): Promise<Result> {
  let [stdout, stderr, clock] = ['', '', 0];
  const { stdin = '', terminal: onTerminal = false } = given;
  const isTerminal = { stdin: onTerminal, stdout: onTerminal, stderr: onTerminal };
  const answers = [...(given.answers ?? [])];
  const code = await run(argv, {
    stdout: (text) => void (stdout += text),
    stderr: (text) => void (stderr += text),
    readStdin: async () => (typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin),
    cwd,
    env: given.env ?? {},
    isTerminal,
    now: () => (clock += 41),
    onRead: () => {},
    ask: async () => answers.shift(),
    ...(given.threads === undefined ? {} : { threads: given.threads }),
    ...(given.backendProcess === undefined ? {} : { backendProcess: given.backendProcess }),
  });
  return { code, stdout, stderr };
}

/** A run that goes on until it is stopped. */
export interface Running {
  /** Waits until all that was printed since the last call matches, and answers it. */
  readonly seen: (pattern: RegExp) => Promise<string>;
  /** Interrupts it. */
  readonly stop: () => Promise<number>;
}

/** Starts a run that does not end by itself, such as one with `--watch`. */
export function start(cwd: string, argv: readonly string[], onTerminal = false): Running {
  const interrupt = new AbortController();
  let [printed, wake] = ['', (): void => {}];
  const print = (text: string): void => {
    printed += text;
    wake();
  };
  const code = run(argv, {
    stdout: print,
    stderr: print,
    readStdin: () => Promise.resolve(new Uint8Array()),
    cwd,
    env: {},
    isTerminal: { stdin: onTerminal, stdout: onTerminal, stderr: onTerminal },
    now: () => 0,
    onRead: () => {},
    ask: () => Promise.resolve(undefined),
    interrupted: interrupt.signal,
  });
  return {
    seen: async (pattern) => {
      while (!pattern.test(printed)) await new Promise<void>((resolve) => (wake = resolve));
      const all = printed;
      printed = '';
      return all;
    },
    stop: () => {
      interrupt.abort();
      return code;
    },
  };
}

/** A temporary folder that holds these files, for the length of a test. */
export function terminal(files: Readonly<Record<string, string | Uint8Array>> = {}): Terminal {
  const folder = mkdtempSync(join(tmpdir(), 'veriloss-cli-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const [path, content] of Object.entries(files)) write(path, content);
  return {
    folder,
    write,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    veriloss: (line, surroundings) => runIn(folder, words(line), surroundings),
    start: (line, onTerminal) => start(folder, words(line), onTerminal),
  };
}

/** The paths of the .json and .jsonl files below a folder, in order. */
export const jsonIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.jsonl?$/.test(name))
    .sort();

/** The files, and each command with all that it prints: input above output, for snapshots. */
export async function transcript(
  files: Readonly<Record<string, string>>,
  lines: readonly (string | readonly [string, Surroundings])[],
): Promise<string> {
  const { veriloss } = terminal(files);
  const parts = Object.entries(files).map(([path, text]) => `──── ${path}\n${text}`);
  for (const line of lines) {
    const [command, surroundings] = typeof line === 'string' ? [line, {}] : line;
    const { code, stdout, stderr } = await veriloss(command, surroundings);
    const errors = stderr === '' ? '' : `──── stderr\n${stderr}`;
    const input = typeof surroundings.stdin === 'string' ? `──── stdin\n${surroundings.stdin}` : '';
    parts.push(`${input}──── $ veriloss ${command}\n${stdout}${errors}──── exit ${code}\n`);
  }
  return parts.join('\n');
}

/** One right objective with a parameter, a metric and a claim. */
export const MINI = `objective mini {
  param tau in (0, inf) = 0.5
  model logp : token
  data reward : rollout in {0, 1}
  minimize mean[token in batch](-tau * reward * logp)
  metric accuracy = mean[rollout in batch](reward)
  verify "tau is positive" : tau > 0
}
`;

/** Two optimizers, a tag, an input per group, and bounds that are parameters. */
export const ACTOR_CRITIC = `objective actor_critic {
  param eps in (0, 1) = 0.2
  param cap in [eps, inf) = 0.5
  model logp : token
  model value : token
  data target : token in [-10, 10]
  data weight : group in [0, cap]
  tag task : rollout
  let advantage = stop(target - value)
  maximize sum[rollout in batch where task != 3](weight * sum[token](clip(logp, -1 - eps, 0) * advantage)) as actor
  minimize 0.5 * sum[token in batch](square(value - target)) as critic
  metric kept = count[rollout in batch where task != 3]
  assume task != -1
}
`;

/** Two objectives in one file. */
export const PAIR = `objective first {
  model logp : token
  minimize mean[token in batch](-logp)
}

objective second {
  model logp : token
  maximize mean[token in batch](logp)
}
`;

export const WRONG = `objective wrong {
  model logp : token
  let ratio = exp(logp)
  minimize mean[token in batch](ratoi)
}
`;

export const UNUSED = `objective unused {
  model logp : token
  let doubled = 2 * logp
  minimize mean[token in batch](-logp)
}
`;

export const MESH = '# a triangle\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n';
export const BINARY = Uint8Array.of(0x64, 0x86, 0, 3, 0xff, 0xfe, 10);
