/**
 * What a user waits for before any training: the command as a process beside an empty one, a check in a process that
 * is warm, and the time of each item as programs grow.
 *
 *   npm run bench -- front [ROUNDS]
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, forCode } from '../../src/compile.js';
import { plan } from '../../src/plan/plan.js';
import { CHAINS, LISTS } from '../../test/robust/programs.js';
import { ROOT } from '../process.mjs';
import { median } from './median.js';

const shown = (milliseconds: number): string => milliseconds.toFixed(milliseconds < 10 ? 2 : 1).padStart(9);

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** In turns, so that both see the same machine. */
function processes(rounds: number): void {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['an empty process', ['--eval', '0']],
    ['veriloss --version', ['dist/cli/veriloss.js', '--version']],
    ['veriloss check FILE', ['dist/cli/veriloss.js', 'check', 'objectives/grpo.obj']],
  ];
  const times = rows.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1)
    for (const [at, [name, args]] of rows.entries()) {
      const time = timed(() => {
        const { status } = spawnSync(process.execPath, [...args], { cwd: ROOT, stdio: 'ignore' });
        if (status !== 0) throw new Error(`${name} ended with ${status}`);
      });
      // The first round fills caches.
      if (round > 0) times[at]?.push(time);
    }
  const empty = median(times[0] ?? []);
  console.log(
    `Processes, medians of ${rounds} interleaved rounds (Node ${process.version}); the goal is 4 × an empty one.\n`,
  );
  for (const [at, [name]] of rows.entries()) {
    const own = median(times[at] ?? []);
    console.log(`${name.padEnd(24)} ${shown(own)} ms ${(own / empty).toFixed(2).padStart(6)} ×`);
  }
}

/** Objectives of this repository, one after the other, up to a number of lines. */
function fileOf(lines: number): string {
  const names = [
    'grpo',
    'real',
    'dapo',
    'gspo',
    'cispo',
    'sapo',
    'ppo',
    'gmpo',
    'gpg',
    'dr_grpo',
    'real_bce',
  ];
  const texts = names.map((name) => readFileSync(join(ROOT, `objectives/${name}.obj`), 'utf8').split('\n'));
  const whole: string[] = [];
  for (const text of texts) if (whole.length + text.length <= lines) whole.push(...text);
  return whole.join('\n');
}

function warm(rounds: number): void {
  const text = fileOf(300);
  const times = Array.from({ length: rounds + 10 }, () => timed(() => void analyze(text)));
  const count = text.split('\n').length;
  console.log(`\nChecking ${count} lines in a warm process: ${shown(median(times.slice(10))).trim()} ms.`);
}

const SIZES = [250, 1000, 4000, 10_000];

/** Whether the time of an item stays what it is as there are more of them. */
function growth(): void {
  console.log(
    '\nMicroseconds an item, read, checked, lowered and differentiated, then simplified and planned for code.\n',
  );
  console.log(`${''.padEnd(50)} ${SIZES.map((size) => String(size).padStart(9)).join('')}   last : first`);
  for (const [name, build] of Object.entries({ ...CHAINS, ...LISTS })) {
    const derived: number[] = [];
    const planned: number[] = [];
    // The second of two runs, so that the smallest is not slow for being first.
    for (const size of SIZES) {
      const text = build(size);
      for (const isFirst of [true, false]) {
        const started = performance.now();
        const { units } = analyze(text);
        const between = performance.now();
        const [unit] = units;
        if (unit === undefined) throw new Error(`${name} is wrong`);
        if (size <= 4000) plan(forCode(unit.program));
        if (isFirst) continue;
        derived.push(((between - started) * 1000) / size);
        if (size <= 4000) planned.push(((performance.now() - between) * 1000) / size);
      }
    }
    line(name, derived);
    line('  for code', planned);
  }
}

function line(name: string, each: readonly number[]): void {
  const ratio = (each.at(-1) ?? NaN) / (each[0] ?? NaN);
  const cells = SIZES.map((_, at) => (each[at] === undefined ? '' : each[at].toFixed(0)).padStart(9)).join(
    '',
  );
  console.log(`${name.padEnd(50)} ${cells} ${ratio.toFixed(2).padStart(14)}`);
}

/** Prints all of it. */
export function front(rounds: number): void {
  processes(rounds);
  warm(rounds);
  growth();
}
