/** The WebAssembly module of an objective: every walk over tokens as a function, in somebody's memory. */
import type { FusedPlan, Rows } from '../../plan/fused/program.js';
import { assemble } from './assemble.js';
import { rowsFunction } from './rows.js';
import { hostImports } from './scalar.js';

/** A walk, and the name under which it is exported. */
export interface NamedRows {
  readonly name: string;
  readonly block: Rows;
  readonly plan: FusedPlan;
}

export interface WasmBytes {
  /** For every engine that has SIMD. */
  readonly simd: Uint8Array;
  /** For engines with relaxed SIMD: products are added with one rounding. */
  readonly relaxed: Uint8Array;
}

export async function wasmBytes(rows: readonly NamedRows[]): Promise<WasmBytes> {
  const of = (relaxed: boolean): Promise<Uint8Array> => assemble(wasmText(rows, relaxed), { relaxed });
  return { simd: await of(false), relaxed: await of(true) };
}

/** The module as text. */
export function wasmText(rows: readonly NamedRows[], relaxed: boolean): string {
  const functions = rows.map(({ name, block, plan }) => rowsFunction(name, block, plan, { relaxed }).text);
  return ['(module', '(import "env" "memory" (memory 0))', ...hostImports(), ...functions, ')'].join('\n');
}
