/** One run as the command line asks for it: compile the objective, train with it, say what came of it. */
import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import { startBackend } from './backend.js';
import { compileObjective, readObjective } from './compile-objective.js';
import { readCheckpoint, type Fingerprint } from './checkpoint.js';
import { defaultConfig, type RunConfig } from './config.js';
import { type Options } from './options.js';
import { createProgress } from './progress.js';
import { checkInputs, checkParameters } from './supply.js';
import { fileNames, train, type RunSummary } from './train.js';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Runs to the end or to the signal; resolves to the exit code. Results go to `say`, progress to stderr. */
export async function runCommand(
  options: Options,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<number> {
  const file = options.objective ?? join(projectFolder, 'objectives', 'real.obj');
  const out = options.out ?? join(projectFolder, 'runs', nameOf(file));
  const source = readObjective(file);
  const { iterations, seed, lr, parameters } = options;
  const config: RunConfig = { ...defaultConfig, iterations, seed, lr, parameters };
  const fingerprint = fingerprintOf(source, config);
  if (!options.fresh) readCheckpoint(join(out, fileNames.checkpoint), fingerprint); // refuse before anything is written
  const objective = await compileObjective(source, file, out);
  checkInputs(objective);
  checkParameters(objective, parameters);
  const folder = relative(process.cwd(), out) || '.';
  say(
    `${pc.bold(objective.name)} (${relative(process.cwd(), file)}) is compiled to ${join(folder, 'loss.ts')}`,
  );
  await startBackend();
  const summary = await train({
    objective,
    config,
    fingerprint,
    out,
    fresh: options.fresh,
    signal,
    progress: (label) => createProgress(process.stderr, label.padEnd(10), () => performance.now()),
  });
  for (const line of report(summary, config, folder)) say(line);
  return summary.finished ? 0 : 130;
}

function nameOf(file: string): string {
  return (file.split(/[\\/]/).at(-1) ?? file).replace(/\.[^.]*$/, '');
}

/** What a checkpoint must agree on. The number of iterations is not among it: a finished run may be prolonged. */
function fingerprintOf(source: string, config: RunConfig): Fingerprint {
  const { seed, lr, parameters, iterations: _, ...sizes } = config;
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
  const named = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    objective: digest(source),
    '--set': named.map(([name, value]) => `${name}=${value}`).join(' ') || 'nothing',
    '--seed': String(seed),
    '--lr': String(lr),
    sizes: digest(JSON.stringify(sizes)),
  };
}

function report(summary: RunSummary, config: RunConfig, folder: string): string[] {
  const { resumedAt, finished, phase, step, passBefore, passAfter } = summary;
  const begun = resumedAt
    ? [`went on from ${phrase(resumedAt.phase, resumedAt.step)} (--fresh starts anew)`]
    : [];
  if (!finished) return [...begun, `stopped at ${phrase(phase, step)}; the same command goes on from there`];
  const error = Math.sqrt(0.25 / config.evaluationPrompts).toFixed(3);
  return [
    ...begun,
    `Pass@1 on ${config.evaluationPrompts} held-out prompts: ` +
      `${passBefore?.toFixed(3) ?? '–'} after the warm start, ` +
      pc.bold(`${passAfter?.toFixed(3) ?? '–'} after ${step} iterations`) +
      ` (standard error at most ${error})`,
    `${folder}/ holds`,
    '  loss.ts, loss.js  the generated loss with its gradient, to read and as it ran',
    `  ${fileNames.metrics.padEnd(16)}  one line per iteration`,
    `  ${fileNames.plot.padEnd(16)}  Pass@1, entropy and gradient norm`,
    `  ${fileNames.checkpoint.padEnd(16)}  to go on from, with a larger --iterations`,
  ];
}

function phrase(phase: string, step: number): string {
  return phase === 'warm start' ? `step ${step} of the warm start` : `iteration ${step}`;
}
