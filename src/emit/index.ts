/** Every backend, by name. */
import type { Backend, Target } from './backend.js';
import { js, wasm } from './loops/emit.js';
import { savedmodel } from './savedmodel/emit.js';
import { tfjs } from './tfjs/emit.js';

export const BACKENDS: { readonly [name in Target]: Backend } = { tfjs, js, wasm, savedmodel };
export const backendFor = (target: Target): Backend => BACKENDS[target];
export type { Backend, EmitOptions, EmittedFile, Language, Provenance, Target } from './backend.js';
