/**
 * Contenders in turns, round by round, so that all of them see the same machine; and a line for each. What is measured is
 * the time of the processor that this process has had: all of them run on one thread, and others may share the machine.
 */
import { cpus, loadavg } from 'node:os';
import { ratios, spreadOf, timesOf, type Spread } from '../../src/report/measurement.js';

export interface Timed {
  readonly name: string;
  /** Milliseconds of the processor, of each round. */
  readonly times: readonly number[];
}
export interface Turn {
  readonly name: string;
  readonly step: () => Promise<void> | void;
}

/** What it was measured on, and how busy that was. */
export const surroundings = (): string =>
  `${cpus()[0]?.model.trim() ?? ''}, ${cpus().length} cores, Node ${process.versions.node}; ` +
  `on average ${(loadavg()[0] ?? NaN).toFixed(1)} programs wanted to run in the last minute`;

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Each round begins with another one; rounds to warm up are not counted. */
export async function inTurns(
  contenders: readonly Turn[],
  rounds: number,
  warmUp: number,
): Promise<readonly Timed[]> {
  const times = contenders.map((): number[] => []);
  for (let round = -warmUp; round < rounds; round += 1)
    for (const at of contenders.keys()) {
      const which = (at + Math.max(0, round)) % contenders.length;
      const start = processorTime();
      await contenders[which]?.step();
      if (round >= 0) times[which]?.push(processorTime() - start);
    }
  return contenders.map(({ name }, at) => ({ name, times: times[at] ?? [] }));
}

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
const spread = ({ median, lower, upper }: Spread): string =>
  `${digits(median)} (${digits(lower)}–${digits(upper)})`;

export const row = (cells: readonly string[]): string =>
  `  ${cells.map((cell, at) => (at === 0 ? cell.padEnd(24) : cell.padStart(20))).join(' ')}`;

/** Time and its least; how many times faster than another, and slower than a copy: medians of rounds, with quartiles. */
export const timedRow = ({ name, times }: Timed, copy: Timed, slow: Timed | undefined): string =>
  row([
    name,
    spread(spreadOf(times)),
    digits(timesOf(times).least),
    spread(ratios(times, copy.times)),
    ...(slow === undefined ? [] : [spread(ratios(slow.times, times))]),
  ]);

/** Nanoseconds of a token, their least, those of a copy, and by how much slower than it: medians of rounds, with quartiles. */
export function perTokenRow(name: string, tokens: number, own: Timed, copy: Timed): string {
  const nanoseconds = (times: readonly number[]): readonly number[] =>
    times.map((one) => (one * 1e6) / tokens);
  const [mine, plain] = [nanoseconds(own.times), nanoseconds(copy.times)];
  const least = digits(timesOf(mine).least);
  const slower = spread(ratios(own.times, copy.times));
  return row([name, spread(spreadOf(mine)), least, spread(spreadOf(plain)), slower, String(mine.length)]);
}

/** A copy that reads and writes as many bytes as our plan does. */
export function copyOf(tokens: number, bytesPerToken: number): Turn {
  const numbers = Math.ceil((tokens * bytesPerToken) / 8);
  const [from, to] = [new Float32Array(numbers).fill(1), new Float32Array(numbers)];
  return {
    name: 'copy',
    step: () => {
      to.set(from);
    },
  };
}
