/**
 * What the verifier costs: all of `objectives/` in one cold process, as a user runs it, and each claim by itself in such a
 * process, in interleaved rounds. Times belong to the machine; the steps of work that stand beside them do not.
 *
 *   npm run bench -- verify [ROUNDS]
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Library from '../../src/index.js';
import { ROOT } from '../process.mjs';
import { median, quantile, spread } from './median.js';

/** One claim in one process. */
interface Decided {
  readonly claim: string;
  readonly milliseconds: number;
  readonly work: number;
  readonly passes: boolean;
}
/** What a process that decides the catalogue says of it. */
interface Round {
  /** Of reading, checking, lowering and differentiating. */
  readonly front: number;
  readonly claims: readonly Decided[];
}

const ONE_ROUND = '--one-round';
const FOLDER = 'objectives';
const COMMAND = ['dist/cli/veriloss.js', 'verify', FOLDER, '--no-cache', '--format', 'json'];

const shown = (milliseconds: number): string => milliseconds.toFixed(milliseconds < 10 ? 2 : 0).padStart(9);

/** Decides every claim of the catalogue with the built library, and writes a `Round` to stdout. */
async function oneRound(): Promise<void> {
  const built = pathToFileURL(join(ROOT, 'dist/src/index.js')).href;
  const { verifyText } = (await import(built)) as typeof Library;
  const claims: Decided[] = [];
  const started = performance.now();
  let deciding = 0;
  for (const name of readdirSync(join(ROOT, FOLDER)).filter((one) => one.endsWith('.obj'))) {
    const text = readFileSync(join(ROOT, FOLDER, name), 'utf8');
    verifyText(text, name, undefined, {
      decide: ({ unit, text: claim }, prove) => {
        const from = performance.now();
        const verdict = prove();
        const milliseconds = performance.now() - from;
        deciding += milliseconds;
        const { work, passes } = verdict;
        claims.push({ claim: `${unit.program.name}: ${claim}`, milliseconds, work, passes });
        return verdict;
      },
    });
  }
  const round: Round = { front: performance.now() - started - deciding, claims };
  process.stdout.write(JSON.stringify(round));
}

/** Milliseconds of a process, and what it wrote. It may end with 1, as where a claim fails. */
function timed(args: readonly string[]): { readonly milliseconds: number; readonly stdout: string } {
  const from = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const milliseconds = performance.now() - from;
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${String(status)}`);
  return { milliseconds, stdout };
}

/** A number of each round: its median, and the smallest and the largest. */
const line = (name: string, values: readonly number[]): string => {
  const { low, high } = spread(values);
  return `${name.padEnd(44)} ${shown(median(values))} ms  (${shown(low).trim()} to ${shown(high).trim()})`;
};

/** Prints all of it. */
export function verifier(rounds: number): void {
  const self = [...process.execArgv, fileURLToPath(import.meta.url), ONE_ROUND];
  const [empty, whole, alone]: [number[], number[], number[]] = [[], [], []];
  const each: Round[] = [];
  // In turns, so that all see the same machine.
  for (let round = 0; round < rounds; round += 1) {
    empty.push(timed(['--eval', '0']).milliseconds);
    whole.push(timed(COMMAND).milliseconds);
    alone.push(timed([...COMMAND, '--threads', '1']).milliseconds);
    each.push(JSON.parse(timed(self).stdout) as Round);
  }
  const [first] = each;
  if (first === undefined) throw new Error('there is no round');
  const passing = first.claims.filter(({ passes }) => passes).length;
  console.log(
    `The verifier on ${FOLDER}/: ${first.claims.length} claims, ${passing} decided as written; medians of ${rounds} interleaved ` +
      `rounds (smallest to largest), each in a new process (Node ${process.version}, ${String(availableParallelism())} cores). The goals are 2 s for all, 10 ms for the median claim.\n`,
  );
  const timesOf = (round: Round): readonly number[] => round.claims.map(({ milliseconds }) => milliseconds);
  const rows: readonly (readonly [string, readonly number[]])[] = [
    ['an empty process', empty],
    [`veriloss verify ${FOLDER}/ --no-cache`, whole],
    ['  in one thread', alone],
    ['  reading and checking it', each.map(({ front }) => front)],
    ['  deciding it', each.map((round) => timesOf(round).reduce((sum, one) => sum + one, 0))],
    ['the median claim', each.map((round) => quantile(timesOf(round), 0.5))],
    ['the 95th of 100 claims', each.map((round) => quantile(timesOf(round), 0.95))],
    ['the slowest claim', each.map((round) => quantile(timesOf(round), 1))],
  ];
  for (const [name, values] of rows) console.log(line(name, values));
  slowest(each);
}

/** The claims that take longest, so that somebody can look at them. */
function slowest(each: readonly Round[]): void {
  const rows = (each[0]?.claims ?? []).map(({ claim, work, passes }, at) => {
    const milliseconds = median(each.map(({ claims }) => claims[at]?.milliseconds ?? NaN));
    return { claim, work, passes, milliseconds };
  });
  rows.sort((one, other) => other.milliseconds - one.milliseconds);
  console.log('\nThe slowest claims, with their steps of work.\n');
  for (const { claim, work, passes, milliseconds } of rows.slice(0, 10))
    console.log(
      `${shown(milliseconds)} ms ${String(work).padStart(9)}  ${claim}${passes ? '' : '  (not as written)'}`,
    );
}

if (process.argv.includes(ONE_ROUND)) await oneRound();
