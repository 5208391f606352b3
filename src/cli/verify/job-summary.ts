/** The summary that GitHub shows on the page of a run. */
import { appendFileSync } from 'node:fs';
import type { Replay, Verified } from '../../report/verified.js';
import { verdictsMarkdown } from '../../report/verdicts-markdown.js';
import { verdictsLine } from '../../report/verdicts-text.js';
import type { Context } from '../context.js';

/** GitHub shows nothing of a summary that is longer, in bytes; other steps add to theirs. */
const LONGEST = 900_000;

const size = (text: string): number => new TextEncoder().encode(text).length;

/** As much as fits: all of it, what fails, or the count. */
function summary(files: readonly Verified[], replay: Replay): string {
  const whole = verdictsMarkdown(files, { replay });
  if (size(whole) <= LONGEST) return whole;
  const failing = verdictsMarkdown(files, { replay, onlyFailing: true });
  return size(failing) <= LONGEST ? failing : `## Claims\n\n${verdictsLine(files)}\n`;
}

/** Adds the verdicts to the summary of the job, where the environment names one. */
export function addToSummary({ io, out }: Context, files: readonly Verified[], replay: Replay): void {
  const path = io.env['GITHUB_STEP_SUMMARY'];
  if (path === undefined || path === '') return;
  try {
    appendFileSync(path, `${summary(files, replay)}\n`);
  } catch {
    out.note('the summary of the job cannot be written');
  }
}
