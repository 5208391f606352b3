/** The ways in which a module's functions can run, and which of them is taken. */
import * as tf from '@tensorflow/tfjs-core';
import { BatchError } from '../batch-error.js';
import type { WasmModule } from '../plain/wasm-engine.js';
import type { FusedRun } from './run.js';
import { loopsPath } from './loops.js';
import { wasmPath } from './wasm.js';
import { webgpuPath } from './webgpu.js';
import type { WebgpuModule } from './webgpu-kernels.js';

/** The walks of a module: as functions of JavaScript, and, where they have these forms, in WebAssembly and as kernels. */
export interface FusedWalks {
  readonly loops: object;
  readonly wasm: WasmModule | undefined;
  readonly webgpu: WebgpuModule;
}

/** One way to run, on the backend whose tensors it reads and makes. */
export interface FusedPath {
  readonly name: 'loops' | 'wasm' | 'webgpu';
  readonly backend: string;
  /** What runs a fused function; or, in words, why nothing does. */
  readonly start: (walks: FusedWalks) => FusedRun | string;
  /** In words, which functions it leaves to the portable operations, if it leaves any. */
  readonly leaves?: (walks: FusedWalks) => string | undefined;
}

/** `ops` is the portable way: operations of tfjs, on any backend. */
export interface PathReport {
  readonly path: FusedPath['name'] | 'ops';
  readonly why: string;
}

/** Asked for when they are needed: in a module that stands alone, declarations stand in the order of files. */
const fusedPaths = (): readonly FusedPath[] => [loopsPath, wasmPath, webgpuPath];

/** What has been started for the walks of each module, by backend: a backend may be removed and made again. */
const startedPaths = new WeakMap<FusedWalks, WeakMap<object, FusedRun | string>>();

/** A path that the surroundings ask for: the variable `VERILOSS_PATH` of the process, or of a page's global object. */
function forcedPath(): string | undefined {
  const global_ = globalThis as unknown as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
    readonly VERILOSS_PATH?: string;
  };
  const wanted = global_.process?.env?.['VERILOSS_PATH'] ?? global_.VERILOSS_PATH;
  if (wanted === undefined || wanted === '' || wanted === 'auto') return undefined;
  const names: readonly string[] = [...fusedPaths().map(({ name }) => name), 'ops'];
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
export function chosenPath(walks: FusedWalks): Choice {
  const backend = tf.getBackend();
  const forced = forcedPath();
  if (forced === 'ops') return { path: 'ops', why: 'VERILOSS_PATH asks for it', run: undefined };
  const path = fusedPaths().find((one) => one.backend === backend);
  if (forced !== undefined && path?.name !== forced)
    throw new BatchError(
      'VERILOSS_PATH',
      `VERILOSS_PATH asks for \`${forced}\`, which the active backend \`${backend}\` does not have`,
    );
  if (path === undefined)
    return { path: 'ops', why: `there are no kernels for the backend ${backend}`, run: undefined };
  const run = startedOn(path, walks);
  const left = typeof run === 'string' ? run : path.leaves?.(walks);
  if (forced !== undefined && left !== undefined)
    throw new BatchError('VERILOSS_PATH', `VERILOSS_PATH asks for \`${forced}\`, but ${left}`);
  if (typeof run === 'string') return { path: 'ops', why: run, run: undefined };
  const why = forced === undefined ? `the active backend is ${backend}` : 'VERILOSS_PATH asks for it';
  return { path: path.name, why: left === undefined ? why : `${why}, but ${left}`, run };
}

function startedOn(path: FusedPath, walks: FusedWalks): FusedRun | string {
  const backend = tf.backend();
  const known = startedPaths.get(walks) ?? new WeakMap<object, FusedRun | string>();
  startedPaths.set(walks, known);
  const run = known.get(backend) ?? path.start(walks);
  known.set(backend, run);
  return run;
}

/** How the functions of a module run on the active backend, and why. */
export function pathOf(walks: FusedWalks): PathReport {
  const { path, why } = chosenPath(walks);
  return { path, why };
}
