/** Vector functions as modules that run over arrays, for tests of values and for measurements. */
import { assemble } from '../../../src/emit/wasm/assemble.js';
import { emptyCode, type Code, type Local } from '../../../src/emit/wasm/code.js';
import { get, set } from '../../../src/emit/wasm/instructions.js';
import { engine, runsRelaxed } from './engine.js';

export interface Variant {
  readonly name: 'plain' | 'relaxed';
  readonly relaxed: boolean;
}
const PLAIN: Variant = { name: 'plain', relaxed: false };
const RELAXED: Variant = { name: 'relaxed', relaxed: true };
/** Those that this engine can run. */
export const VARIANTS: readonly Variant[] = runsRelaxed ? [PLAIN, RELAXED] : [PLAIN];

/** Code for four lanes of the result, from a local for each operand. */
export type Emit = (code: Code, operands: readonly Local[]) => Local;

export interface VectorModule {
  /** One array for each operand; its elements are 32 bits of any kind. */
  readonly inputs: readonly Float32Array[];
  readonly output: Float32Array;
  /** Computes the first elements, in whole vectors. */
  readonly run: (count: number) => void;
}
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly run: (end: number) => void;
}

/** `capacity`, a multiple of 4, is the number of elements of each array. */
export async function vectorModule(
  emit: Emit,
  arity: number,
  { relaxed }: Variant,
  capacity: number,
): Promise<VectorModule> {
  const bytes = await assemble(moduleText(emit, arity, relaxed, capacity), { relaxed });
  const { instance } = await engine.instantiate(bytes, {});
  const { memory, run } = instance.exports as Exports;
  const array = (k: number): Float32Array => new Float32Array(memory.buffer, k * capacity * 4, capacity);
  return {
    inputs: Array.from({ length: arity }, (_, k) => array(k)),
    output: array(arity),
    run: (count) => run(Math.ceil(count / 4) * 16),
  };
}

/** Operand k lies from byte k·4·`capacity` on, the result behind the last. */
export function moduleText(emit: Emit, arity: number, relaxed: boolean, capacity: number): string {
  const code = emptyCode({ relaxed });
  const at = code.local('i32');
  const size = capacity * 4;
  code.block('block $done', () => {
    code.line('(br_if $done (i32.eqz (local.get $end)))');
    code.block('loop $vectors', () => {
      const operands = Array.from({ length: arity }, (_, k) =>
        code.let('v128', `(v128.load offset=${k * size} ${get(at)})`),
      );
      const result = emit(code, operands);
      code.line(`(v128.store offset=${arity * size} ${get(at)} ${get(result)})`);
      code.line(set(at, `(i32.add ${get(at)} (i32.const 16))`));
      code.line(`(br_if $vectors (i32.lt_u ${get(at)} (local.get $end)))`);
    });
  });
  const pages = Math.ceil(((arity + 1) * size) / 65536);
  return `(module (memory (export "memory") ${pages}) (func (export "run") (param $end i32)\n${code.text()}))`;
}
