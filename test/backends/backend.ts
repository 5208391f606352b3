/**
 * Opens tfjs backends by name, for tests that compute on each of them. Not a test, and not part of the package.
 * A backend that this machine cannot run is announced, never passed over in silence.
 */
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TestContext } from 'vitest';

export const BACKENDS = ['cpu', 'wasm', 'webgpu', 'node', 'node-gpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

export interface OpenBackend {
  readonly tf: typeof tf;
  readonly name: BackendName;
  /** Waits for what was started, and throws if the device reported an error that no call threw. */
  readonly dispose: () => Promise<void>;
}
export interface MissingBackend {
  readonly missing: string;
}

const isBackendName = (name: string): name is BackendName => (BACKENDS as readonly string[]).includes(name);

/** The backends to test: those that `VERILOSS_BACKENDS` names, with commas between. */
export function requestedBackends(): readonly BackendName[] {
  const names = (process.env.VERILOSS_BACKENDS ?? 'cpu,wasm,webgpu').split(',').map((name) => name.trim());
  return names.map((name) => {
    if (!isBackendName(name)) throw new Error(`VERILOSS_BACKENDS: ${name} is none of ${BACKENDS.join(', ')}`);
    return name;
  });
}

/** Registers and activates a backend; every tensor op of this process then runs on it. */
export async function openBackend(name: BackendName): Promise<OpenBackend | MissingBackend> {
  const started = await STARTERS[name]();
  if ('missing' in started) return started;
  // tfjs answers false, and goes on with another backend, where one cannot be started.
  if (!(await tf.setBackend(started.registered)))
    return { missing: `tfjs could not start its ${started.registered} backend` };
  await tf.ready();
  if (tf.getBackend() !== started.registered) return { missing: `tfjs chose ${tf.getBackend()} instead` };
  return { tf, name, dispose: started.watch?.() ?? (async () => {}) };
}

interface Started {
  readonly registered: string;
  /** Called once the backend is active. */
  readonly watch?: () => () => Promise<void>;
}

const STARTERS: Readonly<Record<BackendName, () => Promise<Started | MissingBackend>>> = {
  async cpu() {
    await import('@tensorflow/tfjs-backend-cpu');
    return { registered: 'cpu' };
  },
  async wasm() {
    await import('@tensorflow/tfjs-backend-wasm');
    return { registered: 'wasm' };
  },
  async webgpu() {
    const adapter = await provideWebGPU();
    if (adapter === null) return { missing: 'WebGPU found no adapter, not even a software one' };
    await import('@tensorflow/tfjs-backend-webgpu');
    return { registered: 'webgpu', watch: watchWebGPU };
  },
  node: () => startNative('tfjs-node'),
  'node-gpu': () => startNative('tfjs-node-gpu'),
};

/** Puts Dawn where a browser has WebGPU: the tfjs backend registers only if it is there when first imported. */
async function provideWebGPU(): Promise<GPUAdapter | null> {
  const host = globalThis as { navigator?: { gpu?: GPU } };
  if (host.navigator?.gpu === undefined) {
    const { create, globals } = await import('webgpu');
    Object.assign(host, globals);
    // Node 21 and later have a navigator that cannot be replaced.
    if (host.navigator === undefined)
      Object.defineProperty(host, 'navigator', { value: {}, configurable: true });
    Object.defineProperty(host.navigator, 'gpu', { value: create([]), configurable: true, writable: true });
  }
  return host.navigator?.gpu?.requestAdapter() ?? null;
}

const deviceErrors = new WeakMap<GPUDevice, string[]>();

/** WebGPU's validation errors do not throw and may leave stale results behind; this keeps them. */
function watchWebGPU(): () => Promise<void> {
  const { device } = tf.backend() as WebGPUBackend;
  const errors = deviceErrors.get(device) ?? [];
  if (!deviceErrors.has(device)) {
    deviceErrors.set(device, errors);
    device.addEventListener('uncapturederror', (event) => {
      errors.push((event as GPUUncapturedErrorEvent).error.message);
    });
  }
  return async () => {
    await device.queue.onSubmittedWorkDone();
    const found = errors.splice(0);
    if (found.length > 0) throw new Error(`WebGPU reported ${found.length} errors:\n${found.join('\n')}`);
  };
}

async function startNative(name: 'tfjs-node' | 'tfjs-node-gpu'): Promise<Started | MissingBackend> {
  // Gone from Node 23 on, but tfjs-node calls it.
  if (!('isNullOrUndefined' in util))
    Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
  const specifier = `@tensorflow/${name}`;
  try {
    await import(specifier);
  } catch (failure) {
    const reason = failure instanceof Error ? (failure.message.split('\n')[0] ?? '') : String(failure);
    return { missing: `${reason} (npm run native:install -- --package ${name} builds it)` };
  }
  return { registered: 'tensorflow' };
}

/** Says on the terminal, so that nobody overlooks it, what was not tested and why. */
export function announceMissing(what: string, why: string): void {
  const lines = [`NOT TESTED: ${what}`, why];
  const width = Math.max(...lines.map((line) => line.length));
  const edge = '!'.repeat(width + 6);
  console.error([edge, ...lines.map((line) => `!! ${line.padEnd(width)} !!`), edge].join('\n'));
}

/**
 * Opens a backend in a test. Where it is missing, the test is skipped, loudly; on CI it fails, since CI is to test
 * everything that it was asked to.
 */
export async function openOrSkip(name: BackendName, context: TestContext): Promise<OpenBackend> {
  const opened = await openBackend(name);
  if (!('missing' in opened)) return opened;
  announceMissing(`backend ${name}`, opened.missing);
  if (process.env.CI !== undefined && process.env.CI !== '' && process.env.CI !== 'false')
    throw new Error(`backend ${name} is missing: ${opened.missing}`);
  return context.skip(opened.missing);
}
