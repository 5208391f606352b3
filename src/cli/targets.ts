/** What `compile --target` can say. A target is one line here, and its backend. */
import type { Target } from '../emit/backend.js';

export interface TargetKind {
  /** A module of one file, in the language of its name, or a folder of files. */
  readonly writes: 'module' | 'folder';
  /** What runs it. */
  readonly runtime: string;
}

/** In the order in which they are listed; without `--target` it is the first. */
export const TARGETS: { readonly [target in Target]: TargetKind } = {
  tfjs: { writes: 'module', runtime: 'TensorFlow.js' },
  js: { writes: 'module', runtime: 'any JavaScript' },
  wasm: { writes: 'module', runtime: 'WebAssembly with SIMD' },
  savedmodel: { writes: 'folder', runtime: 'TensorFlow' },
};

export const TARGET_NAMES = Object.keys(TARGETS) as readonly Target[];
/** For the help: every target with what runs it. */
export const targetsListed = (): string =>
  TARGET_NAMES.map((name) => `${name} for ${TARGETS[name].runtime}`).join(', ');
export const DEFAULT_TARGET: Target = 'tfjs';
export type { Target };
