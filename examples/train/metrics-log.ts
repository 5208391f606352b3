/** `metrics.jsonl`: one line per iteration, only ever appended to (a resumed run first drops what its checkpoint does not know). */
import { appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { type IterationReport } from './iteration.js';

/** Iterations count from 1; `average` is the moving average of the reward. No times in it: the same run, the same bytes. */
export interface MetricsLine extends IterationReport {
  readonly iteration: number;
  readonly average: number;
}

/** Makes the file exactly the first `bytes` bytes of itself; an absent or shorter file stays what it is. */
export function restoreMetrics(path: string, bytes: number): void {
  if (!existsSync(path)) writeFileSync(path, '');
  if (statSync(path).size > bytes) truncateSync(path, bytes);
}

/** Appends a line and returns the file's new length in bytes. */
export function appendMetrics(path: string, line: MetricsLine): number {
  appendFileSync(path, `${JSON.stringify(line)}\n`);
  return statSync(path).size;
}

export function readMetrics(path: string): MetricsLine[] {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as MetricsLine);
}
