/** The ways in which a module's functions can run, and which of them is taken. */
import * as tf from '@tensorflow/tfjs-core';
import { BatchError } from '../batch-error.js';
import type { WasmModule } from '../plain/wasm-engine.js';
import type { FusedRun } from './run.js';
import { kernelPathsOf, type KernelPath } from './kernel-paths.js';
import { loopsPath } from './loops.js';
import { graphPath, xlaPath, type NativeFunctions } from './tensorflow.js';
import { wasmPath } from './wasm.js';
import { webgpuPath } from './webgpu.js';
import type { WebgpuModule } from './webgpu-kernels.js';

/** What a module carries beside operations: its walks as functions of JavaScript, and its functions in other forms. */
export interface FusedForms {
  readonly loops: object;
  readonly wasm: WasmModule;
  readonly webgpu: WebgpuModule;
  readonly native: NativeFunctions | undefined;
}

/** One way to run, on the backend that it is for. */
export interface FusedPath {
  /** What runs a fused function; or, in words, why nothing does. */
  readonly start: (forms: FusedForms) => FusedRun | string;
  /** In words, which functions it leaves to the portable operations, if it leaves any. */
  readonly leaves?: (forms: FusedForms) => string | undefined;
}

/** `ops` is the portable way: operations of tfjs, on any backend. */
export interface PathReport {
  readonly path: KernelPath | 'ops';
  readonly why: string;
}

/** Asked for when they are needed: in a module that stands alone, declarations stand in the order of files. */
const fusedPaths = (): Readonly<Record<KernelPath, FusedPath>> => ({
  loops: loopsPath,
  wasm: wasmPath,
  webgpu: webgpuPath,
  xla: xlaPath,
  graph: graphPath,
});

/** What has been started for the forms of each module, by backend, which may be removed and made again, and by path. */
const startedPaths = new WeakMap<FusedForms, WeakMap<object, Map<string, FusedRun | string>>>();

/** A path that the surroundings ask for: the variable `VERILOSS_PATH` of the process, or of a page's global object. */
function forcedPath(): string | undefined {
  const global_ = globalThis as unknown as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
    readonly VERILOSS_PATH?: string;
  };
  const wanted = global_.process?.env?.['VERILOSS_PATH'] ?? global_.VERILOSS_PATH;
  if (wanted === undefined || wanted === '' || wanted === 'auto') return undefined;
  const names: readonly string[] = [...kernelPathsOf(), 'ops'];
  if (names.includes(wanted)) return wanted;
  throw new BatchError(
    'VERILOSS_PATH',
    `VERILOSS_PATH is \`${wanted}\`, expected one of ${names.join(', ')}, or auto`,
  );
}

interface Choice extends PathReport {
  readonly run: FusedRun | undefined;
}

/** The path that the functions of a module take on the active backend. */
export function chosenPath(forms: FusedForms): Choice {
  const backend = tf.getBackend();
  const forced = forcedPath();
  if (forced === 'ops') return { path: 'ops', why: 'VERILOSS_PATH asks for it', run: undefined };
  const possible = kernelPathsOf(backend).filter((name) => forced === undefined || name === forced);
  if (forced !== undefined && possible.length === 0)
    throw new BatchError(
      'VERILOSS_PATH',
      `VERILOSS_PATH asks for \`${forced}\`, which the active backend \`${backend}\` does not have`,
    );
  const refused: string[] = [];
  for (const path of possible) {
    const run = startedOn(path, forms);
    if (typeof run === 'string') {
      refused.push(run);
      continue;
    }
    const left = fusedPaths()[path].leaves?.(forms);
    if (left !== undefined) refused.push(left);
    if (left !== undefined && forced !== undefined) break;
    const because = forced === undefined ? `the active backend is ${backend}` : 'VERILOSS_PATH asks for it';
    return { path, why: [because, ...refused].join('; '), run };
  }
  if (forced !== undefined)
    throw new BatchError('VERILOSS_PATH', `VERILOSS_PATH asks for \`${forced}\`, but ${refused.join('; ')}`);
  if (refused.length === 0) refused.push(`there are no kernels for the backend ${backend}`);
  return { path: 'ops', why: refused.join('; '), run: undefined };
}

function startedOn(path: KernelPath, forms: FusedForms): FusedRun | string {
  const backend = tf.backend();
  const onBackend = startedPaths.get(forms) ?? new WeakMap<object, Map<string, FusedRun | string>>();
  startedPaths.set(forms, onBackend);
  const known = onBackend.get(backend) ?? new Map<string, FusedRun | string>();
  onBackend.set(backend, known);
  const run = known.get(path) ?? fusedPaths()[path].start(forms);
  known.set(path, run);
  return run;
}

/** How the functions of a module run on the active backend, and why. */
export function pathOf(forms: FusedForms): PathReport {
  const { path, why } = chosenPath(forms);
  return { path, why };
}
