/** The whole run: warm start, then reinforcement learning, with a checkpoint whenever it stops. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  readCheckpoint,
  writeCheckpoint,
  writeReplacing,
  type Fingerprint,
  type RunState,
} from './checkpoint.js';
import { modelSize, type RunConfig } from './config.js';
import { heldOutPass } from './evaluate.js';
import { rehearse, rlIteration } from './iteration.js';
import { appendMetrics, readMetrics, restoreMetrics } from './metrics-log.js';
import { createPolicy, disposePolicy, readWeights, writeWeights, type Policy } from './model.js';
import { type ObjectiveModule } from './objective-module.js';
import { createAdam } from './optimizer.js';
import { plotSvg } from './plot.js';
import { type Progress } from './progress.js';
import { createRng, resumeRng, type RngState } from './rng.js';
import { warmStartStep } from './warm-start.js';

export interface Run {
  readonly objective: ObjectiveModule;
  readonly config: RunConfig;
  readonly fingerprint: Fingerprint;
  /** Folder for checkpoint, metrics and plot. */
  readonly out: string;
  /** Forget what the folder holds. */
  readonly fresh: boolean;
  /** When aborted, the run ends after the step at hand. */
  readonly signal: AbortSignal;
  readonly progress: (label: string) => Progress;
}

export interface RunSummary {
  /** The phase and step at which this run began; undefined when it began anew. */
  readonly resumedAt: { readonly phase: string; readonly step: number } | undefined;
  /** False when the signal ended it. */
  readonly finished: boolean;
  readonly phase: string;
  readonly step: number;
  /** Pass@1 on held-out prompts, when known. */
  readonly passBefore: number | null;
  readonly passAfter: number | null;
}

/** Weight of the newest reward in the moving average. */
const averageWeight = 0.1;

export const fileNames = { checkpoint: 'checkpoint.bin', metrics: 'metrics.jsonl', plot: 'plot.svg' };

/** Trains, from the folder's checkpoint if it has one, and leaves checkpoint, metrics and plot in the folder. */
export async function train(run: Run): Promise<RunSummary> {
  mkdirSync(run.out, { recursive: true });
  if (run.fresh) for (const name of Object.values(fileNames)) rmSync(join(run.out, name), { force: true });
  const saved = readCheckpoint(pathOf(run, 'checkpoint'), run.fingerprint);
  const { seed, evaluationPrompts } = run.config;
  const policy = createPolicy(modelSize(run.config), createRng(seed, 0));
  const reference = createPolicy(modelSize(run.config), createRng(seed, 0));
  try {
    const begin = saved ?? (await initialState(policy, seed));
    writeWeights(policy, begin.weights);
    restoreMetrics(pathOf(run, 'metrics'), begin.metricsBytes);
    await rehearse(policy, run.objective, run.config);
    const warm = await warmStart(run, begin, policy);
    const state = await reinforce(run, warm, policy, reference);
    const finished = state.phase === 'reinforcement learning' && state.step >= run.config.iterations;
    const passAfter = finished ? await heldOutPass(policy, evaluationPrompts) : null;
    save(run, state, passAfter);
    const resumedAt = saved && { phase: saved.phase, step: saved.step };
    return {
      resumedAt,
      finished,
      phase: state.phase,
      step: state.step,
      passBefore: state.passBefore,
      passAfter,
    };
  } finally {
    disposePolicy(policy);
    disposePolicy(reference);
  }
}

async function initialState(policy: Policy, seed: number): Promise<RunState> {
  const weights = await readWeights(policy);
  const rng = (stream: number): RngState => createRng(seed, stream).state();
  return {
    phase: 'warm start',
    step: 0,
    weights,
    adam: createAdam(weights),
    reference: [],
    rngs: { warmStart: rng(1), prompts: rng(2), sampling: rng(3) },
    passBefore: null,
    rewardAverage: null,
    metricsBytes: 0,
  };
}

/** Goes on with the warm start until it is done or the signal ends it. */
async function warmStart(run: Run, begin: RunState, policy: Policy): Promise<RunState> {
  if (begin.phase !== 'warm start') return begin;
  const { warmStart: config, evaluationPrompts } = run.config;
  const progress = run.progress('warm start');
  const rng = resumeRng(begin.rngs.warmStart);
  let state = begin;
  let passText = '';
  let done = false;
  while (!done && !run.signal.aborted) {
    const after = await warmStartStep(
      { policy, weights: state.weights, adam: state.adam },
      config,
      state.step,
      rng,
    );
    const rngs = { ...state.rngs, warmStart: rng.state() };
    state = { ...state, adam: after.learner.adam, step: state.step + 1, rngs };
    done = after.done;
    if (after.pass !== undefined)
      passText = `  Pass@1 ${after.pass.toFixed(2)} of ${config.targetPass.toFixed(2)}`;
    progress.update(state.step, config.maxSteps, `loss ${after.loss.toFixed(3)}${passText}`, true);
    await setImmediate(); // lets a signal through: nothing else here leaves the microtask queue
  }
  progress.end();
  if (!done) return state;
  const passBefore = await heldOutPass(policy, evaluationPrompts);
  const reference = state.weights.map((weight) => Float32Array.from(weight));
  return {
    ...state,
    phase: 'reinforcement learning',
    step: 0,
    adam: createAdam(state.weights),
    reference,
    passBefore,
  };
}

/** Goes on with reinforcement learning until the last iteration or the signal. */
async function reinforce(run: Run, begin: RunState, policy: Policy, reference: Policy): Promise<RunState> {
  const { objective, config } = run;
  if (begin.phase !== 'reinforcement learning' || begin.step >= config.iterations) return begin;
  writeWeights(reference, begin.reference);
  save(run, begin, null);
  const progress = run.progress(objective.name);
  const rngs = { prompts: resumeRng(begin.rngs.prompts), sampling: resumeRng(begin.rngs.sampling) };
  let state = begin;
  while (state.step < config.iterations && !run.signal.aborted) {
    const inputs = { objective, config, reference, iteration: state.step, rngs };
    const learner = { policy, weights: state.weights, adam: state.adam };
    const after = await rlIteration(learner, inputs).catch((error: unknown) => {
      throw new Error(
        `iteration ${state.step + 1}: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
    const { report } = after;
    const before = state.rewardAverage ?? report.reward;
    const average = before + averageWeight * (report.reward - before);
    const step = state.step + 1;
    state = {
      ...state,
      step,
      adam: after.learner.adam,
      rngs: { ...state.rngs, prompts: rngs.prompts.state(), sampling: rngs.sampling.state() },
      rewardAverage: average,
      metricsBytes: appendMetrics(pathOf(run, 'metrics'), { iteration: step, average, ...report }),
    };
    const norm = report.gradientNorm.toFixed(2);
    const text = `Pass@1 ${average.toFixed(2)}  entropy ${report.entropy.toFixed(3)}  gradient norm ${norm}`;
    progress.update(step, config.iterations, text);
    if (step % config.checkpointEvery === 0) save(run, state, null);
    await setImmediate(); // as above
  }
  progress.end();
  return state;
}

function pathOf(run: Run, file: keyof typeof fileNames): string {
  return join(run.out, fileNames[file]);
}

/** Writes the checkpoint and, once there is something to draw, the plot. */
function save(run: Run, state: RunState, passAfter: number | null): void {
  writeCheckpoint(pathOf(run, 'checkpoint'), state, run.fingerprint);
  const lines = readMetrics(pathOf(run, 'metrics'));
  if (lines.length === 0) return;
  const heldOut = [
    { iteration: 0, pass: state.passBefore },
    { iteration: state.step, pass: passAfter },
  ].flatMap(({ iteration, pass }) => (pass === null ? [] : [{ iteration, pass }]));
  const title = `${run.objective.name} on sort8, seed ${run.config.seed}, lr ${run.config.lr}`;
  writeReplacing(pathOf(run, 'plot'), plotSvg({ title, lines, heldOut }));
}
