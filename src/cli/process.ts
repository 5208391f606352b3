/** Connects the command line to this process, and runs it. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Io } from './io.js';
import { EXIT } from './failure.js';
import { run } from './run.js';

/** A reader that has seen enough, such as `head`, is no failure. */
function leaveQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.good);
  throw error;
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

// Beside the bundle; where the command line runs from its sources there are none.
const THREAD = new URL('./verify-thread.js', import.meta.url);
const BACKEND_PROCESS = new URL('./bench-process.js', import.meta.url);

const io: Io = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  readStdin,
  cwd: process.cwd(),
  env: process.env,
  // Absent, and not false, where a stream is no terminal.
  isTerminal: {
    stdin: Boolean(process.stdin.isTTY),
    stdout: Boolean(process.stdout.isTTY),
    stderr: Boolean(process.stderr.isTTY),
  },
  now: () => performance.now(),
  onRead: () => {},
  ask: async (question) => (await import('./ask.js')).ask(question),
  ...(existsSync(THREAD) ? { threads: { most: availableParallelism(), entry: THREAD } } : {}),
  ...(existsSync(BACKEND_PROCESS) ? { backendProcess: BACKEND_PROCESS } : {}),
};

const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });

process.stdout.on('error', leaveQuietly);
process.stderr.on('error', leaveQuietly);
// SIGINT is not caught: it ends the process at once, also while it computes, and a shell says 130.
const code = await run(process.argv.slice(2), io);
// A tfjs backend may hold the process open; nothing of it is needed once everything is written.
await Promise.all([written(process.stdout), written(process.stderr)]);
process.exit(code);
