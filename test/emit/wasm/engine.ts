/** The part of WebAssembly that these tests use: neither the language's own types nor Node's have it. */
import { setFlagsFromString } from 'node:v8';
import { RELAXED_PROBE } from '../../../src/emit/wasm/relaxed.js';

export interface Engine {
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly instantiate: (
    bytes: Uint8Array,
    imports: object,
  ) => Promise<{ readonly instance: { readonly exports: unknown } }>;
}
export const engine = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly;

/** Whether the engine has relaxed SIMD of itself. */
export const hasRelaxed = engine.validate(new Uint8Array(RELAXED_PROBE));
// Node 20 has it behind a flag; newer ones have no such flag.
if (!hasRelaxed) setFlagsFromString('--experimental-wasm-relaxed-simd');
/** Whether it can be tested here. */
export const runsRelaxed = engine.validate(new Uint8Array(RELAXED_PROBE));
