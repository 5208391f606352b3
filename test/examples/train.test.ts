/**
 * Depends on the compiler (imports the built package): a whole run at a tiny size, with the loss compiled from
 * `objectives/real.obj`, is finite, leaks nothing, and goes on from a checkpoint as if it had never stopped.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../examples/train/backend.js';
import { defaultConfig, type RunConfig } from '../../examples/train/config.js';
import { readMetrics } from '../../examples/train/metrics-log.js';
import { type ObjectiveModule } from '../../examples/train/objective-module.js';
import { fileNames, train, type RunSummary } from '../../examples/train/train.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
mkdirSync(join(root, 'build'), { recursive: true });
// Inside the project: the generated module imports tfjs.
const folder = mkdtempSync(join(root, 'build', 'train-test-'));

const tiny: RunConfig = {
  ...defaultConfig,
  iterations: 3,
  model: { layers: 1, width: 16, heads: 2 },
  prompts: 4,
  groupSize: 4,
  minibatches: 2,
  warmStart: { batch: 32, lr: 1e-2, maxSteps: 60, targetPass: 0.02, checkEvery: 10, checkPrompts: 64 },
  evaluationPrompts: 32,
  checkpointEvery: 2,
};

let objective: ObjectiveModule;
beforeAll(async () => {
  await startBackend();
  const { compileObjective, readObjective } = await import('../../examples/train/compile-objective.js');
  const file = join(root, 'objectives', 'real.obj');
  objective = await compileObjective(readObjective(file), file, folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs in the named folder; `stopAfter` counts steps of both phases, as Ctrl-C would after that many. */
function run(name: string, config: RunConfig, stopAfter = Infinity, watch?: () => void): Promise<RunSummary> {
  const interrupt = new AbortController();
  let steps = 0;
  const update = (): void => {
    watch?.();
    steps += 1;
    if (steps >= stopAfter) interrupt.abort();
  };
  return train({
    objective,
    config,
    fingerprint: { size: 'tiny' },
    out: join(folder, name),
    fresh: false,
    signal: interrupt.signal,
    progress: () => ({ update, end: () => undefined }),
  });
}

const bytesOf = (name: string): string[] =>
  Object.values(fileNames).map((file) => readFileSync(join(folder, name, file)).toString('base64'));

describe('a run', () => {
  it('is finite, and holds as many tensors after each step as after the first', async () => {
    const before = tf.memory().numTensors;
    const counts: number[] = [];
    const summary = await run('whole', tiny, Infinity, () => counts.push(tf.memory().numTensors));
    expect(summary).toMatchObject({ finished: true, step: 3, resumedAt: undefined });
    expect(new Set(counts).size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
    const lines = readMetrics(join(folder, 'whole', fileNames.metrics));
    expect(lines.map((line) => line.iteration)).toEqual([1, 2, 3]);
    for (const { metrics, ...numbers } of lines) {
      for (const value of [...Object.values(numbers), ...Object.values(metrics)]) {
        expect(Number.isFinite(value)).toBe(true);
      }
    }
  });

  it('stopped in the warm start and between iterations, it ends in the same bytes', async () => {
    expect(await run('parts', tiny, 4)).toMatchObject({ finished: false, phase: 'warm start', step: 4 });
    const rest = await run('parts', tiny, 1);
    expect(rest).toMatchObject({ finished: false, phase: 'warm start', step: 5 });
    let summary = rest;
    while (summary.phase === 'warm start') summary = await run('parts', tiny, 7);
    while (!summary.finished) summary = await run('parts', tiny, 1);
    expect(bytesOf('parts')).toEqual(bytesOf('whole'));
  });

  it('may be prolonged once finished', async () => {
    const summary = await run('whole', { ...tiny, iterations: 4 });
    expect(summary).toMatchObject({ finished: true, step: 4, resumedAt: { step: 3 } });
  });

  it('differs with another seed', async () => {
    await run('seed', { ...tiny, seed: 2 });
    expect(bytesOf('seed')).not.toEqual(bytesOf('parts'));
  });
});

describe('the objectives of this project', () => {
  it.each(['grpo', 'dapo', 'gspo', 'real_bce'])('%s trains too', async (name) => {
    const { compileObjective, readObjective } = await import('../../examples/train/compile-objective.js');
    const file = join(root, 'objectives', `${name}.obj`);
    const other = await compileObjective(readObjective(file), file, join(folder, name));
    const summary = await train({
      objective: other,
      config: { ...tiny, iterations: 1 },
      fingerprint: {},
      out: join(folder, name),
      fresh: false,
      signal: new AbortController().signal,
      progress: () => ({ update: () => undefined, end: () => undefined }),
    });
    expect(summary.finished).toBe(true);
  });
});
