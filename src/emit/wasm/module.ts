/** The WebAssembly module of an objective: every walk over tokens as a function, in somebody's memory. */
import type { RowsOfBody } from '../loops/body.js';
import { assemble } from './assemble.js';
import { fits, rowsFunction } from './rows.js';
import { hostImports } from './scalar.js';

export interface WasmBytes {
  /** For every engine that has SIMD. */
  readonly simd: Uint8Array;
  /** For engines with relaxed SIMD: products are added with one rounding. */
  readonly relaxed: Uint8Array;
}

/** Whether every walk has a form in WebAssembly. */
export const hasWasm = (rows: readonly RowsOfBody[]): boolean => rows.every(({ plan }) => fits(plan));

export async function wasmBytes(rows: readonly RowsOfBody[]): Promise<WasmBytes> {
  const of = (relaxed: boolean): Promise<Uint8Array> => assemble(wasmText(rows, relaxed), { relaxed });
  return { simd: await of(false), relaxed: await of(true) };
}

/** The module as text. */
export function wasmText(rows: readonly RowsOfBody[], relaxed: boolean): string {
  const functions = rows.map(({ name, block, plan }) => rowsFunction(name, block, plan, { relaxed }).text);
  return ['(module', '(import "env" "memory" (memory 0))', ...hostImports(), ...functions, ')'].join('\n');
}
