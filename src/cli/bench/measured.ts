/** The measurements of one backend, in this process: every path of every objective in turns, round by round. */
import { analyze } from '../../compile.js';
import { largestDifference } from '../../report/measurement.js';
import { sizedBatch } from '../../vectors.js';
import { importCode, type Generated } from '../backends/generated.js';
import { startBackend, type Started } from '../backends/start.js';
import { toDevice } from '../backends/tensors.js';
import { problemFailure } from '../batches.js';
import { Failure } from '../failure.js';
import { importedName } from '../imports.js';
import { copyOn } from './copies.js';
import { countedIn } from './counted.js';
import type { Found, Job, Measured, PathTimes, Subject } from './job.js';
import { pathsOf, stepBy, withPaths, type Results, type Step } from './steps.js';

/** Rounds that are not counted: engines compile what runs often. */
const WARM_UP = 5;

/** Measures all of a job; a backend that cannot be started is `missing`. */
export async function measuredOn(job: Job): Promise<Found> {
  let started: Started;
  try {
    started = await startBackend(job.backend, job.cwd);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message, hint } = error;
    return { missing: { message, ...(hint === undefined ? {} : { hint }) } };
  }
  const { tf, coreUrl, notes, errors } = started;
  const measured = await withPaths(async (take) => {
    const all: Measured[] = [];
    for (const [at, subject] of job.subjects.entries()) {
      const module = await importCode(subject.code, coreUrl);
      for (const size of job.sizes.keys()) {
        all.push({ subject: at, size, ...(await onOneBatch(started, job, subject, module, size, take)) });
        const [first] = await errors();
        if (first !== undefined)
          throw new Failure(`the device of ${job.backend} reported an error: ${first}`);
      }
    }
    return all;
  });
  return { tfjs: tf.version_core, notes, measured };
}

async function onOneBatch(
  { tf }: Started,
  { backend, sizes, seed, rounds, paths: asked, prepares }: Job,
  { name, text, imported, objective, settings, bytesPerToken }: Subject,
  module: Generated,
  sizeAt: number,
  take: (path: string) => void,
): Promise<Omit<Measured, 'subject' | 'size'>> {
  const texts = new Map(imported.map((one) => [one.name, one]));
  const { units } = analyze(text, name, (path, from) => texts.get(importedName(path, from)));
  const program = units.find((one) => one.program.name === objective)?.program;
  const size = sizes[sizeAt];
  if (program === undefined || size === undefined) throw new Error('internal: nothing to measure');
  const drawn = sizedBatch(program, size, { seed, params: settings });
  if ('problem' in drawn) {
    const { rollouts, positions } = size;
    throw problemFailure(`${objective} at [${rollouts}, ${positions}]`, drawn.problem);
  }
  const { batch, params } = drawn;
  const tokens = (batch.mask ?? []).reduce((sum, row) => sum + row.reduce((one, own) => one + own, 0), 0);
  const members = toDevice(tf, batch, program.inputs);
  const layout = module.prepare(members);
  const { present, absent } = pathsOf(module, asked, tf.getBackend(), take);
  const steps = present.map((path) => stepBy(path, { module, members, layout, params, prepares }, take));
  const copy = copyOn(tf, backend, bytesPerToken * tokens);
  const times = await inTurns(
    [...steps.map((step) => () => finished(step)), ...(copy ? [copy.run] : [])],
    rounds,
  );
  const paths = await withCounts(tf, steps, times);
  copy?.dispose();
  layout.dispose();
  for (const one of Object.values(members)) if ('dispose' in one) one.dispose();
  const copied = copy === undefined ? undefined : times[steps.length];
  return {
    groups: new Set(batch.group).size,
    tokens,
    params,
    paths,
    absent,
    ...(copied === undefined ? {} : { copy: copied }),
  };
}

/** One step, until its losses are read: then its gradients are computed as well, since devices work in order. */
async function finished(step: Step): Promise<void> {
  const results = step.start();
  for (const loss of results.losses) await loss.data();
  results.dispose();
}

/** Milliseconds of each, round by round; each round begins with another one. */
async function inTurns(
  contenders: readonly (() => Promise<void>)[],
  rounds: number,
): Promise<readonly (readonly number[])[]> {
  const times = contenders.map((): number[] => []);
  for (let round = -Math.min(WARM_UP, rounds); round < rounds; round += 1)
    for (const at of contenders.keys()) {
      const which = (at + Math.max(0, round)) % contenders.length;
      const start = performance.now();
      await contenders[which]?.();
      if (round >= 0) times[which]?.push(performance.now() - start);
    }
  return times;
}

/** What else there is to know of each path: how many kernels it runs, and whether it computes what the first one does. */
async function withCounts(
  tf: Started['tf'],
  steps: readonly Step[],
  times: readonly (readonly number[])[],
): Promise<readonly PathTimes[]> {
  const all: PathTimes[] = [];
  let first: Readonly<Record<string, ArrayLike<number>>> | undefined;
  for (const [at, step] of steps.entries()) {
    const { counts, results } = await countedIn(tf, step);
    const gradients = await valuesOf(results);
    results.dispose();
    const difference = first === undefined ? {} : { difference: largestDifference(first, gradients) };
    first ??= gradients;
    all.push({ path: step.path, why: step.why, times: times[at] ?? [], ...counts, ...difference });
  }
  return all;
}

async function valuesOf({ gradients }: Results): Promise<Readonly<Record<string, ArrayLike<number>>>> {
  const values: [string, ArrayLike<number>][] = [];
  for (const [name, gradient] of Object.entries(gradients)) values.push([name, await gradient.data()]);
  return Object.fromEntries(values);
}
