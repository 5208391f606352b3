/** Reads a batch, or many, one per line: `.jsonl`, or several lines on standard input. */
import { parseBatch, parseBatches, type RawBatch, type TextProblem } from '../batch/json.js';
import type { Problem } from '../batch/dense.js';
import { Failure } from './failure.js';
import { readText } from './files.js';
import type { Io } from './io.js';

export interface Batches {
  /** Whether each is one line of the text, and has one line of the result. */
  readonly perLine: boolean;
  /** `place` is what messages call it: the file, and the line where there are several. */
  readonly list: readonly { readonly place: string; readonly raw: RawBatch }[];
}

/** A batch or a parameter that does not fit, as a failure that names the thing. */
export const problemFailure = (place: string | undefined, { message, hint }: Problem): Failure =>
  new Failure(place === undefined ? message : `${place}: ${message}`, hint);

const textFailure = (name: string, problem: TextProblem): Failure =>
  problemFailure(`${name}:${problem.line}:${problem.column}`, problem);

/** Several lines, the first of which is a batch already. */
function hasBatchPerLine(text: string): boolean {
  const [first, second] = text.split('\n').filter((line) => line.trim() !== '');
  return first !== undefined && second !== undefined && 'raw' in parseBatch(first);
}

export async function readBatches(io: Io, path: string): Promise<Batches> {
  const { name, text } = await readText(io, path);
  if (/\.(jsonl|ndjson)$/i.test(path) || (path === '-' && hasBatchPerLine(text))) {
    const parsed = parseBatches(text);
    if ('problem' in parsed) throw textFailure(name, parsed.problem);
    if (parsed.batches.length === 0) throw new Failure(`${name} holds no batch`);
    return {
      perLine: true,
      list: parsed.batches.map(({ line, raw }) => ({ place: `${name}:${line}`, raw })),
    };
  }
  const parsed = parseBatch(text);
  if ('problem' in parsed) throw textFailure(name, parsed.problem);
  return { perLine: false, list: [{ place: name, raw: parsed.raw }] };
}
