/** A process for each backend: some libraries of tfjs do not share one, and none of them sees what another has left. */
import { fork } from 'node:child_process';
import type { Environment } from '../io.js';
import { Failure } from '../failure.js';
import type { Found, Job } from './job.js';

export type Answer =
  | { readonly found: Found }
  | { readonly failure: { readonly message: string; readonly hint?: string } }
  /** A failure of ours: its stack. */
  | { readonly broken: string };

/** How much of what a library says is kept, for where the process ends without an answer. */
const KEPT = 2000;

/** Measures in a process that runs the module at `entry`: `process.ts`. What fails there fails here. */
export async function measuredApart(job: Job, entry: URL, env: Environment): Promise<Found> {
  const child = fork(entry, { env, serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-KEPT);
  });
  const answer = await new Promise<Answer>((resolve, reject) => {
    child.once('message', (message) => {
      resolve(message as Answer);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const last = said.trim().split('\n').at(-1) ?? '';
      reject(
        new Failure(
          `the process of backend \`${job.backend}\` ended with ${signal ?? `exit code ${String(code)}`}${last === '' ? '' : `: ${last}`}`,
        ),
      );
    });
    child.send(job);
  });
  if ('found' in answer) return answer.found;
  if ('failure' in answer) throw new Failure(answer.failure.message, answer.failure.hint);
  const failure = new Error('internal: a backend failed');
  failure.stack = answer.broken;
  throw failure;
}
