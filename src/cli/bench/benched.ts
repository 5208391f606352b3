/** The work of `veriloss bench`: objectives compiled, measured on each backend, and what was found put together. */
import { availableParallelism, cpus } from 'node:os';
import { plain } from '../../base/frame.js';
import { compile, explainPlan, type Unit } from '../../compile.js';
import {
  disagreeing,
  ratios,
  timesOf,
  type Bench,
  type Machine,
  type Measurement,
  type PathMeasurement,
} from '../../report/measurement.js';
import { measurementJson } from '../../report/measurement-json.js';
import { measurementText } from '../../report/measurement-text.js';
import { settingsProblem } from '../../vectors.js';
import { BACKENDS } from '../backends/start.js';
import { problemFailure } from '../batches.js';
import type { BenchOptions } from '../commands/bench.js';
import { configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { EXIT, Failure } from '../failure.js';
import { readText, type TextFile } from '../files.js';
import { deliver } from '../formats.js';
import { load, type Loaded } from '../loaded.js';
import { assertOfSome, settingsFor } from '../settings.js';
import type { Found, Job, Measured, Subject } from './job.js';
import { measuredApart } from './processes.js';

interface Prepared extends Subject {
  readonly moved: { readonly read: number; readonly written: number };
}

/** Measures objectives as the options say, and tells the result. */
export async function benched(
  context: Context,
  paths: readonly string[],
  options: BenchOptions,
): Promise<void> {
  const { io, out, settle } = context;
  const found = configs(io, options);
  const loaded: (readonly [TextFile, Loaded])[] = [];
  for (const path of paths) {
    const file = await readText(io, path, options.stdinFilename);
    loaded.push([file, await load(file, options.objective, found)]);
  }
  assertOfSome(
    options.set,
    loaded.map(([, { unit }]) => unit.program),
  );
  const subjects: Prepared[] = [];
  for (const [file, one] of loaded) subjects.push(await prepared(file, one, options));
  const bench = await measuredOnAll(context, subjects, options);
  assertPaths(bench, options.path);
  const paint = options.output === undefined ? out.paint : { ...plain, green: plain.red };
  const text = options.format === 'json' ? measurementJson(bench) : measurementText(bench, paint);
  deliver(context, options.output, text);
  if (disagreeing(bench).length > 0) settle(EXIT.wrong);
}

async function prepared(
  { name, text, resolve }: TextFile,
  { analysis, unit }: Loaded,
  options: BenchOptions,
): Promise<Prepared> {
  const { program } = unit;
  const settings = settingsFor(program, options.set);
  const wrong = settingsProblem(program, settings);
  if (wrong !== undefined) throw problemFailure(undefined, wrong);
  const how = { target: 'tfjs', language: 'js', standalone: true, layout: false } as const;
  const { files } = await compile(text, { name, objective: program.name, resolve, ...how });
  const moved = movedBy(unit);
  return {
    name,
    text,
    imported: analysis.sources
      .filter((one) => one.name !== name)
      .map((one) => ({ name: one.name, text: one.text })),
    objective: program.name,
    code: files.find(({ path }) => path.endsWith('.js'))?.text ?? '',
    settings,
    bytesPerToken: moved.read + moved.written,
    moved,
  };
}

/** What the fused plans of its losses move for each token. */
function movedBy(unit: Unit): Prepared['moved'] {
  const losses = explainPlan(unit).plans.filter(
    ({ gradients, metrics }) => gradients.length > 0 && metrics.length === 0,
  );
  return losses.reduce(
    (sum, { traffic }) => ({ read: sum.read + traffic.read, written: sum.written + traffic.written }),
    { read: 0, written: 0 },
  );
}

async function measuredOnAll(
  context: Context,
  subjects: readonly Prepared[],
  options: BenchOptions,
): Promise<Bench> {
  const { io, out } = context;
  const { shape: shapes = [[64, 2048]], backend: asked, path: paths, groupSize } = options;
  const { rounds, seed, kept, rtol, prepare: prepares = false } = options;
  const sizes = shapes.map(([rollouts, positions]) => ({
    rollouts,
    positions,
    kept,
    ...(groupSize === undefined ? {} : { groupSize }),
  }));
  const plainSubjects = subjects.map(({ moved: _moved, ...subject }) => subject);
  const common = { cwd: io.cwd, subjects: plainSubjects, sizes, seed, rounds, prepares };
  const measurements: Measurement[] = [];
  const missing: Bench['missing'][number][] = [];
  let tfjs = '';
  for (const backend of asked ?? BACKENDS) {
    const found = await measured(context, { ...common, backend, ...(paths === undefined ? {} : { paths }) });
    if ('missing' in found) {
      const { message, hint } = found.missing;
      if (asked !== undefined) throw new Failure(message, hint);
      out.note(`not measured: ${message}`);
      missing.push({ backend, ...found.missing });
      continue;
    }
    tfjs = found.tfjs;
    for (const note of found.notes) out.note(note);
    measurements.push(...found.measured.flatMap((one) => measurementOf(one, backend, subjects, shapes)));
  }
  if (measurements.length === 0) throw new Failure('no backend of TensorFlow.js is there', missing[0]?.hint);
  return { machine: machine(tfjs), settings: { rounds, seed, kept, rtol, prepares }, measurements, missing };
}

/** In a process of its own where the command line has one. */
async function measured({ io }: Context, job: Job): Promise<Found> {
  if (io.backendProcess !== undefined) return measuredApart(job, io.backendProcess, io.env);
  return (await import('./measured.js')).measuredOn(job);
}

function measurementOf(
  { subject: at, size, groups, tokens, params, paths, absent, copy }: Measured,
  backend: string,
  subjects: readonly Prepared[],
  shapes: readonly (readonly [number, number])[],
): readonly Measurement[] {
  const [subject, shape] = [subjects[at], shapes[size]];
  if (subject === undefined || shape === undefined) return [];
  const ops = paths[0]?.times ?? [];
  const measuredPaths = paths.map(
    ({ path, why, times, kernels, dispatches, difference }): PathMeasurement => ({
      path,
      why,
      time: timesOf(times),
      faster: ratios(ops, times),
      kernels,
      ...(dispatches === undefined ? {} : { dispatches }),
      ...(copy === undefined ? {} : { ofCopy: ratios(copy, times) }),
      ...(difference === undefined ? {} : { difference }),
    }),
  );
  const { name: file, objective, moved: bytesPerToken } = subject;
  const where = { file, objective, backend, shape, groups, tokens, params, bytesPerToken };
  return [{ ...where, ...(copy === undefined ? {} : { copy: timesOf(copy) }), paths: measuredPaths, absent }];
}

/** A path that was asked for runs somewhere at least. */
function assertPaths({ measurements }: Bench, asked: readonly string[] = []): void {
  for (const name of asked) {
    if (measurements.some(({ paths }) => paths.some(({ path }) => path === name))) continue;
    const why = measurements.flatMap(({ absent }) => absent).find(({ path }) => path === name)?.why;
    throw new Failure(`path \`${name}\` runs on no backend here${why === undefined ? '' : `: ${why}`}`);
  }
}

const machine = (tfjs: string): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'an unknown processor',
  cores: availableParallelism(),
  platform: `${process.platform} ${process.arch}`,
  node: process.versions.node,
  tfjs,
});
