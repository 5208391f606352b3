/** From a program to its running tfjs module, in this process. Not a test. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as tf from '@tensorflow/tfjs-core';
import { analyze, forCode } from '../../src/compile.js';
import type { EmitOptions, Target } from '../../src/emit/backend.js';
import { backendFor } from '../../src/emit/index.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import type { InputSpec, Layout, ParamSpec } from '../../src/runtime/index.js';
import { ROOT } from '../sources.js';

type Params = Readonly<Record<string, number>>;
export type Batch = Readonly<Record<string, tf.Tensor | readonly number[]>>;

/** What every generated module exports, as a trainer sees it that takes any of them. */
export interface ObjectiveModule {
  readonly name: string;
  readonly inputs: readonly InputSpec[];
  readonly parameters: readonly ParamSpec[];
  readonly defaults: Params;
  readonly prepare: (batch: Batch) => Layout;
  readonly loss: (
    batch: Batch,
    layout: Layout,
    params?: Params,
    report?: (metrics: Readonly<Record<string, tf.Scalar>>) => void,
  ) => tf.Scalar;
  readonly lossAndGradients: (
    batch: Batch,
    layout: Layout,
    params?: Params,
  ) => { readonly loss: tf.Scalar; readonly gradients: Readonly<Record<string, tf.Tensor>> };
  readonly lossGradientsAndMetrics: (
    batch: Batch,
    layout: Layout,
    params?: Params,
  ) => ReturnType<ObjectiveModule['lossAndGradients']> & {
    readonly metrics: ReturnType<ObjectiveModule['metrics']>;
  };
  readonly losses: Readonly<
    Record<string, Pick<ObjectiveModule, 'loss' | 'lossAndGradients' | 'lossGradientsAndMetrics'>>
  >;
  readonly metrics: (batch: Batch, layout: Layout, params?: Params) => Readonly<Record<string, tf.Scalar>>;
  readonly validate: (batch: Batch, params?: Params) => Promise<void>;
}

/** The only objective of a text. */
export function programOf(text: string): DerivedProgram {
  const { units, diagnostics } = analyze(text);
  const [unit] = units;
  if (unit === undefined)
    throw new Error(diagnostics.map(({ code, title }) => `${code} ${title}`).join('\n'));
  return unit.program;
}

/** The names of the catalogue's objectives, in order. */
export const OBJECTIVES: readonly string[] = readdirSync(join(ROOT, 'objectives'))
  .filter((name) => name.endsWith('.obj'))
  .map((name) => name.slice(0, -'.obj'.length))
  .sort();

/** Read once: many tests go over all of them. */
const objectives = new Map<string, DerivedProgram>();

/** An objective of this repository. */
export function objective(name: string): DerivedProgram {
  const known = objectives.get(name);
  if (known !== undefined) return known;
  const program = programOf(readFileSync(join(ROOT, `objectives/${name}.obj`), 'utf8'));
  objectives.set(name, program);
  return program;
}

/** The text of each emitted file: operations alone, and no layout, where the options do not ask for them. */
export async function emitted(
  program: DerivedProgram,
  { target = 'tfjs', ...options }: EmitOptions & { readonly target?: Target } = {},
): Promise<readonly string[]> {
  const files = await backendFor(target).emit(forCode(program), {
    ...(target === 'tfjs' && { kernels: false }),
    layout: false,
    ...options,
    sourceHash: '0',
    version: '0',
  });
  return files.map(({ text }) => text);
}

/** Modules by their options, each emitted once: emission takes longer than what is then computed. */
const modules = new WeakMap<DerivedProgram, Map<string, Promise<ObjectiveModule>>>();

/** The loaded module; by default with `src/runtime` as its `veriloss/runtime`. */
export function compileToModule(
  program: DerivedProgram,
  options: EmitOptions = {},
): Promise<ObjectiveModule> {
  const own = modules.get(program) ?? new Map<string, Promise<ObjectiveModule>>();
  modules.set(program, own);
  const key = JSON.stringify(options);
  const known = own.get(key) ?? emitAndLoad(program, options);
  own.set(key, known);
  return known;
}

/** A module that carries kernels. */
export interface KernelModule extends ObjectiveModule {
  readonly path: () => { readonly path: string; readonly why: string };
}
export const compileWithKernels = (
  program: DerivedProgram,
  options: EmitOptions = {},
): Promise<KernelModule> => compileToModule(program, { ...options, kernels: true }) as Promise<KernelModule>;

async function emitAndLoad(program: DerivedProgram, options: EmitOptions): Promise<ObjectiveModule> {
  const [text = ''] = await emitted(program, options);
  const folder = join(ROOT, 'build/emitted');
  mkdirSync(folder, { recursive: true });
  const own = text.replaceAll(`'veriloss/runtime'`, `'../../src/runtime/index.js'`);
  const hash = createHash('sha256').update(own).digest('hex').slice(0, 16);
  const path = join(folder, `${hash}.${options.language ?? 'ts'}`);
  writeFileSync(path, own);
  return (await import(pathToFileURL(path).href)) as ObjectiveModule;
}
