/** Claims of many files, decided in threads: each file by one of them, so that what its claims share is found once. */
import { Worker } from 'node:worker_threads';
import type { Verdict } from '../../proof/verdict.js';
import type { Threads } from '../io.js';
import { compileSparingly, YOUNG_MEGABYTES } from './engine.js';

/** What a thread is sent: all of it plain data. */
export interface Job {
  readonly name: string;
  readonly text: string;
  /** What it imports, and what that imports. */
  readonly imported: readonly { readonly name: string; readonly text: string }[];
  readonly budget: number;
  /** Which claims are asked for: `objective/position`. */
  readonly claims: readonly string[];
}
/** What it answers: a verdict for each of them. */
export type Answer = ReadonlyMap<string, Verdict>;

/** Fewer claims are decided before threads have started. */
const WORTH_IT = 30;

/** Whether several threads are sooner done than this one. */
export const isForThreads = (jobs: readonly Job[], threads: Threads | undefined): threads is Threads =>
  threads !== undefined &&
  threads.most > 1 &&
  jobs.length > 1 &&
  jobs.reduce((count, { claims }) => count + claims.length, 0) >= WORTH_IT;

/**
 * Decides what the jobs ask for, and tells each answer as it comes. Jobs with the most claims are begun first, so that none of
 * them is left alone at the end. What fails in a thread is thrown here.
 */
export async function inThreads(
  jobs: readonly Job[],
  { most, entry }: Threads,
  tell: (job: Job, answer: Answer) => void,
): Promise<void> {
  const waiting = [...jobs].sort((a, b) => b.claims.length - a.claims.length);
  compileSparingly();
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MEGABYTES };
  const threads = Array.from(
    { length: Math.min(most, jobs.length) },
    () => new Worker(entry, { resourceLimits }),
  );
  const working = threads.map(async (thread) => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      tell(next, await answered(thread, next));
  });
  try {
    await Promise.all(working);
  } finally {
    // Where one has failed, the others do not go on.
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

const answered = (thread: Worker, job: Job): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const settled = (): void => {
      thread.off('message', done).off('error', failed);
    };
    const done = (answer: Answer): void => {
      settled();
      resolve(answer);
    };
    const failed = (error: Error): void => {
      settled();
      reject(error);
    };
    thread.on('message', done).on('error', failed);
    thread.postMessage(job);
  });
