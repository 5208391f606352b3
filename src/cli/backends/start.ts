/** Starts a backend of TensorFlow.js in this process: finds its package, registers it, makes it the active one. */
import util from 'node:util';
import { Failure } from '../failure.js';
import { findBeside, findPackage, importAt, urlOf } from './packages.js';
import type { TensorFlow } from './tensorflow.js';

export const BACKENDS = ['cpu', 'wasm', 'webgpu', 'node'] as const;
export type BackendName = (typeof BACKENDS)[number];

export interface Started {
  readonly tf: TensorFlow;
  /** By which generated code imports the same instance of tfjs-core. */
  readonly coreUrl: string;
  /** What the user should know of this backend. */
  readonly notes: readonly string[];
  /** Waits for the device, and answers the errors that no call threw. */
  readonly errors: () => Promise<readonly string[]>;
}

const CORE = '@tensorflow/tfjs-core';
const VERSIONS = '4.22.0';

interface Recipe {
  /** Any of these; the first that is installed is taken. */
  readonly packages: readonly string[];
  /** Under which name tfjs registers it. */
  readonly registered: string;
  /** Runs before the package is imported. */
  readonly before?: (cwd: string) => Promise<void>;
}

const RECIPES: Readonly<Record<BackendName, Recipe>> = {
  cpu: { packages: ['@tensorflow/tfjs-backend-cpu'], registered: 'cpu' },
  wasm: { packages: ['@tensorflow/tfjs-backend-wasm'], registered: 'wasm' },
  webgpu: { packages: ['@tensorflow/tfjs-backend-webgpu'], registered: 'webgpu', before: provideWebGpu },
  node: {
    packages: ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'],
    registered: 'tensorflow',
    before: restoreUtil,
  },
};

function missing(name: BackendName, packages: readonly string[], versions: readonly string[]): Failure {
  const which = packages.join(' or ');
  return new Failure(
    `backend \`${name}\` needs ${which}, which is not installed`,
    `run \`npm install ${versions.join(' ')}\``,
  );
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

/** Makes a backend active, or says why it cannot be. */
export async function startBackend(name: BackendName, cwd: string): Promise<Started> {
  const { packages, registered, before } = RECIPES[name];
  const [path] = packages.flatMap((one) => findPackage(one, cwd) ?? []);
  const wanted = [CORE, packages[0] ?? ''].map((one) => `${one}@${VERSIONS}`);
  if (path === undefined) throw missing(name, packages, wanted);
  const corePath = findBeside(path, CORE, cwd);
  if (corePath === undefined) throw missing(name, [CORE], wanted);

  const tf = (await importAt(corePath)) as TensorFlow;
  // Without its advice on faster backends: the user has chosen.
  tf.enableProdMode();
  await before?.(cwd);
  try {
    await importAt(path);
  } catch (error) {
    throw new Failure(`backend \`${name}\` is installed, but cannot be loaded: ${firstLine(error)}`);
  }
  // tfjs answers false where a backend cannot be started, and throws where the package registered none.
  if (!(await tf.setBackend(registered).catch(() => false)))
    throw new Failure(`tfjs could not start its ${registered} backend on this machine`);
  await tf.ready();
  if (tf.getBackend() !== registered)
    throw new Failure(`tfjs chose its ${tf.getBackend()} backend instead of ${registered}`);
  return { tf, coreUrl: urlOf(corePath), notes: notesOn(name, path, tf), errors: watch(tf) };
}

function notesOn(name: BackendName, path: string, tf: TensorFlow): readonly string[] {
  const fellBack =
    name === 'node' && path.includes('tfjs-node-gpu') && tf.backend().isUsingGpuDevice === false;
  return fellBack ? ['tfjs-node-gpu found no GPU that it can use, and computes on the CPU'] : [];
}

/** WebGPU reports errors beside the calls that caused them, and their results may be stale. */
function watch(tf: TensorFlow): () => Promise<readonly string[]> {
  const { device } = tf.backend();
  if (device === undefined) return () => Promise.resolve([]);
  const errors: string[] = [];
  device.addEventListener('uncapturederror', ({ error }) => errors.push(error.message));
  return async () => {
    await device.queue.onSubmittedWorkDone();
    return errors;
  };
}

interface Gpu {
  readonly requestAdapter: () => Promise<object | null>;
}

/** Puts Dawn where a browser has WebGPU: the tfjs backend registers only if it is there when first imported. */
async function provideWebGpu(cwd: string): Promise<void> {
  const host = globalThis as { navigator?: { gpu?: Gpu } };
  if (host.navigator?.gpu === undefined) {
    const path = findPackage('webgpu', cwd);
    if (path === undefined) throw missing('webgpu', ['webgpu'], ['webgpu@0.6.2']);
    const dawn = (await importAt(path)) as { create: (flags: string[]) => Gpu; globals: object };
    Object.assign(host, dawn.globals);
    // Node 21 and later have a navigator that cannot be replaced.
    if (host.navigator === undefined)
      Object.defineProperty(host, 'navigator', { value: {}, configurable: true });
    Object.defineProperty(host.navigator, 'gpu', {
      value: dawn.create([]),
      configurable: true,
      writable: true,
    });
  }
  if (!(await host.navigator?.gpu?.requestAdapter()))
    throw new Failure(
      'WebGPU found no adapter on this machine',
      'install a Vulkan driver, or take another backend',
    );
}

/** Gone from Node 23 on, but tfjs-node calls it. */
function restoreUtil(): Promise<void> {
  if (!('isNullOrUndefined' in util))
    Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
  return Promise.resolve();
}
