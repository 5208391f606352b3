/**
 * A run at rest: weights, Adam's moments, the warm start's weights, generator states and counters, in one file. On one
 * backend, going on from it gives the same bytes as never having stopped.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type AdamState } from './optimizer.js';
import { type RngState } from './rng.js';
import { usageError } from './usage-error.js';

export type Phase = 'warm start' | 'reinforcement learning';

export interface RunState {
  readonly phase: Phase;
  /** Steps or iterations done in this phase. */
  readonly step: number;
  readonly weights: readonly Float32Array[];
  readonly adam: AdamState;
  /** Weights as the warm start left them; empty until it ends. */
  readonly reference: readonly Float32Array[];
  readonly rngs: Readonly<Record<'warmStart' | 'prompts' | 'sampling', RngState>>;
  /** Pass@1 on held-out prompts after the warm start; null until it ends. */
  readonly passBefore: number | null;
  /** Exponential moving average of the mean reward; null before the first iteration. */
  readonly rewardAverage: number | null;
  /** Length of metrics.jsonl when this was written. */
  readonly metricsBytes: number;
}

/** What must be equal for a run to go on: one readable line per setting. */
export type Fingerprint = Readonly<Record<string, string>>;

interface Header extends Omit<RunState, 'weights' | 'adam' | 'reference'> {
  readonly format: 1;
  readonly fingerprint: Fingerprint;
  readonly adamStep: number;
  /** Lengths of the arrays that follow: weights, first moments, second moments, reference. */
  readonly lengths: readonly (readonly number[])[];
}

/** Replaces the file at once: a reader, or a crash, sees the old one or the new one. */
export function writeReplacing(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}

export function writeCheckpoint(path: string, state: RunState, fingerprint: Fingerprint): void {
  const { weights, adam, reference, ...counters } = state;
  const arrays = [weights, adam.first, adam.second, reference];
  const lengths = arrays.map((list) => list.map((array) => array.length));
  const header: Header = { format: 1, fingerprint, adamStep: adam.step, lengths, ...counters };
  const text = Buffer.from(`${JSON.stringify(header)}\n`);
  const bodies = arrays.flat().map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength));
  writeReplacing(path, Buffer.concat([text, ...bodies]));
}

/** The state in the file; undefined when there is none. A file of other settings is a usage error that names them. */
export function readCheckpoint(path: string, fingerprint: Fingerprint): RunState | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  const header = parseHeader(bytes, path);
  const other = Object.keys(fingerprint).filter((key) => header.fingerprint[key] !== fingerprint[key]);
  if (other.length > 0) {
    const list = other.map(
      (key) => `${key} ${header.fingerprint[key] ?? 'unknown'}, now ${fingerprint[key] ?? ''}`,
    );
    throw usageError(
      `${path} belongs to a run with other settings: ${list.join('; ')}\n` +
        'start anew with --fresh, or keep both with another --out',
    );
  }
  let offset = bytes.indexOf('\n') + 1;
  const take = (length: number): Float32Array => {
    const copy = Uint8Array.from(bytes.subarray(offset, offset + 4 * length));
    offset += 4 * length;
    return new Float32Array(copy.buffer);
  };
  const [weights = [], first = [], second = [], reference = []] = header.lengths.map((list) =>
    list.map(take),
  );
  const { phase, step, rngs, passBefore, rewardAverage, metricsBytes } = header;
  const counters = { phase, step, rngs, passBefore, rewardAverage, metricsBytes };
  return { ...counters, weights, adam: { first, second, step: header.adamStep }, reference };
}

function parseHeader(bytes: Buffer, path: string): Header {
  const end = bytes.indexOf('\n');
  const damaged = usageError(`${path} is not a whole checkpoint; start anew with --fresh`);
  try {
    const header = JSON.parse(bytes.subarray(0, end).toString()) as Header;
    const floats = header.lengths.flat().reduce((sum, length) => sum + length, 0);
    if (header.format !== 1 || bytes.length !== end + 1 + 4 * floats) throw damaged;
    return header;
  } catch {
    throw damaged;
  }
}
