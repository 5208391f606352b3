/** A process that measures on one backend: a file of `processes.ts`, of which it is the other side. Its own entry in `dist/cli`. */
import { Failure } from '../failure.js';
import type { Job } from './job.js';
import { measuredOn } from './measured.js';
import type { Answer } from './processes.js';

async function answerTo(job: Job): Promise<Answer> {
  try {
    return { found: await measuredOn(job) };
  } catch (error) {
    if (!(error instanceof Failure))
      return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    return { failure: { message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) } };
  }
}

process.once('message', (job: Job) => {
  void answerTo(job).then((answer) => {
    // A backend may hold the process open; nothing of it is needed once the answer is sent.
    process.send?.(answer, undefined, {}, () => process.exit(0));
  });
});
