/**
 * Generated code against the same objectives written by hand with tfjs's own gradients, on every backend that this
 * machine has: kernels (all, and those that compute), peak memory over the inputs, and time of one loss and gradient.
 *
 *   npm run bench [-- ROLLOUTS POSITIONS ROUNDS]
 *   npm run bench -- front [ROUNDS]               the command and the compiler only (`front.ts`)
 *   npm run bench -- verify [ROUNDS]              the verifier only (`verify.ts`)
 *   npm run bench -- baselines [ROUNDS] [--torch] what others make of the same objectives only (`baselines.ts`)
 *   npm run bench -- scaling                      the cost of a token as there are more only (`scaling.ts`)
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { BACKENDS, openBackend, type BackendName } from '../../test/backends/backend.js';
import {
  compileToModule,
  compileWithKernels,
  objective,
  type Batch,
  type ObjectiveModule,
} from '../../test/emit/compiled.js';
import type { Layout } from '../../src/runtime/index.js';
import { swiftshaderEnvironment } from '../fetch-swiftshader.mjs';
import { baselinesOn, compilers } from './baselines.js';
import { dataOf, type Data } from './data.js';
import { front } from './front.js';
import { measure, type Contender, type Cost } from './measure.js';
import { median } from './median.js';
import { naiveGrpo, naiveReal, type NaiveLoss } from './naive.js';
import { WAYS } from './scaling.js';
import { verifier } from './verify.js';

const [rollouts = 64, positions = 2048, rounds = 25] = process.argv
  .slice(2)
  .map(Number)
  .filter(Number.isFinite);
const CHILD = '--on=';
const asked = process.argv.find((one) => one.startsWith(CHILD))?.slice(CHILD.length);

const row = (cells: readonly string[]): string =>
  cells.map((cell, at) => (at < 3 ? cell.padEnd(at === 2 ? 10 : 9) : cell.padStart(9))).join(' ');

/** One process per backend: tfjs keeps kernels, and some libraries do not share a process. */
async function inTurn(): Promise<void> {
  const env = { ...process.env, ...(await swiftshaderEnvironment().catch(() => ({}))) };
  console.log(
    `Loss and gradient at [${rollouts}, ${positions}], groups of 8; medians of ${rounds} interleaved rounds.\n` +
      '`generated` prepares the layout in every step, `again` keeps it, as where a batch serves several steps.\n' +
      '`fused` has kernels of ours where the backend lets it, which tfjs does not count, and keeps the layout, too.\n' +
      '`left`: how many times faster where the gradient is not read and stays in the backend, as in training.\n' +
      '`kernels` are all that tfjs counts; `computing` leaves out Identity and Reshape, which move no data.\n',
  );
  console.log(
    row([
      'backend',
      'objective',
      'code',
      'kernels',
      'computing',
      'peak MiB',
      'ms',
      'min ms',
      'faster',
      'left',
      'same?',
    ]),
  );
  for (const name of BACKENDS) {
    const own = String(name === 'webgpu' ? Math.min(rounds, 11) : rounds);
    const args = [fileURLToPath(import.meta.url), String(rollouts), String(positions), own, CHILD + name];
    const { status, signal } = spawnSync(process.execPath, [...process.execArgv, ...args], {
      env,
      stdio: ['ignore', 'inherit', 'ignore'],
    });
    if (status !== 0) console.log(`${name}: failed (${signal ?? `exit code ${status}`})`);
  }
}

async function report(backend: BackendName): Promise<void> {
  const opened = await openBackend(backend);
  if ('missing' in opened) {
    console.log(`${backend}: not measured (${opened.missing})`);
    return;
  }
  const data = dataOf(rollouts, positions);
  for (const [name, naive, params] of [
    ['grpo', naiveGrpo, { beta: 0.04 }],
    ['real', naiveReal, {}],
  ] as const) {
    const module = await compileToModule(objective(name));
    const batch = batchOf(data);
    const layout = module.prepare(batch);
    const again = generated(module, batch, params, layout);
    const fused = await compileWithKernels(objective(name));
    const contenders = [
      byHand(naive, data),
      generated(module, batch, params),
      again,
      { ...generated(fused, batch, params, layout), name: '  fused' },
    ];
    const costs = await measure(contenders, rounds);
    print(backend, name, costs, await largestDifference(byHand(naive, data), again));
    layout.dispose();
  }
}

const byHand = (loss: NaiveLoss, data: Data): Contender => ({
  name: 'by hand',
  step: () => {
    const { value, grad } = tf.valueAndGrad((logp) => loss(logp, data))(data.logp);
    return [value, grad];
  },
});

const batchOf = ({ group, mask, logp, old_logp, ref_logp, reward }: Data): Batch => ({
  group,
  mask,
  logp,
  old_logp,
  ref_logp,
  reward,
});

/** The layout is made anew for every step, unless one is given, as where a batch is used for several steps. */
const generated = (
  module: ObjectiveModule,
  batch: Batch,
  params: Readonly<Record<string, number>>,
  given?: Layout,
): Contender => ({
  name: given === undefined ? 'generated' : '  again',
  step: () => {
    const layout = given ?? module.prepare(batch);
    const { loss, gradients } = module.lossAndGradients(batch, layout, params);
    if (given === undefined) layout.dispose();
    return [loss, ...Object.values(gradients)];
  },
});

/** The largest difference of the two gradients, as a share of the largest gradient. */
async function largestDifference(one: Contender, other: Contender): Promise<number> {
  const [first, second] = [one.step()[1], other.step()[1]];
  if (first === undefined || second === undefined) return NaN;
  const [a, b] = [Array.from(await first.data()), Array.from(await second.data())];
  const largest = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? NaN))), 0) / largest;
}

function print(backend: string, name: string, costs: readonly Cost[], difference: number): void {
  const [baseline] = costs;
  for (const cost of costs) {
    const faster = (of: 'times' | 'timesLeft'): string =>
      baseline === undefined || cost === baseline
        ? ''
        : `${(median(baseline[of]) / median(cost[of])).toFixed(2)}×`;
    const same = cost === baseline ? '' : difference.toExponential(0);
    const counted = [String(cost.kernels), String(cost.computing), (cost.peak / 2 ** 20).toFixed(2)];
    console.log(
      row([
        backend,
        name,
        cost.name,
        ...(cost.kernels === 0 ? ['', '', ''] : counted),
        median(cost.times).toFixed(2),
        Math.min(...cost.times).toFixed(2),
        faster('times'),
        faster('timesLeft'),
        same,
      ]),
    );
  }
}

/** A part of this script in a process of its own, as `--PART=ON`. */
const apart = (part: string, on: string, own = 0): void => {
  started(`${part} on ${on}`, [fileURLToPath(import.meta.url), `--${part}=${on}`, String(own)]);
};
function started(what: string, args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [...process.execArgv, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) console.log(`\n!!! ${what}: failed`);
}
const onOf = (part: string): string | undefined =>
  process.argv.find((one) => one.startsWith(`--${part}=`))?.slice(part.length + 3);

/** The rounds that are asked of a part by its name; nothing where it is not asked for. */
const roundsOf = (part: string, usual: number): number | undefined => {
  const at = process.argv.indexOf(part);
  return at < 0 ? undefined : Number(process.argv[at + 1]) || usual;
};
const [frontRounds, verifyRounds] = [roundsOf('front', 21), roundsOf('verify', 3)];
const baselineRounds = roundsOf('baselines', 51);
const baselineOn = onOf('baselines');

if (frontRounds !== undefined) front(frontRounds);
else if (verifyRounds !== undefined) verifier(verifyRounds);
else if (baselineOn !== undefined) await baselinesOn(baselineOn === 'cpu' ? 'cpu' : 'wasm', rollouts);
else if (baselineRounds !== undefined) {
  apart('baselines', 'wasm', baselineRounds);
  apart('baselines', 'cpu', Math.min(baselineRounds, 11));
  await compilers(baselineRounds, process.argv.includes('--torch'));
} else if (process.argv.includes('scaling'))
  for (const way of WAYS)
    started(`scaling, ${way}`, [fileURLToPath(new URL('scaling.ts', import.meta.url)), way]);
else if (asked === undefined) {
  await inTurn();
  console.log();
  front(21);
  console.log();
  verifier(3);
} else await report(BACKENDS.find((name) => name === asked) ?? 'cpu');
