/** The backends over plain arrays: one module per objective, which imports nothing. */
import type { Backend, Target } from '../backend.js';
import { moduleFiles } from '../javascript/files.js';
import { moduleText } from './module.js';

const backend = (target: Extract<Target, 'js' | 'wasm'>): Backend => ({
  name: target,
  emit: async (program, options) =>
    moduleFiles(program.name, await moduleText(program, options, target), options),
});

/** Walks over tokens as loops of JavaScript, in float64. */
export const js = backend('js');
/** Walks over tokens as WebAssembly with SIMD, in float32. */
export const wasm = backend('wasm');
