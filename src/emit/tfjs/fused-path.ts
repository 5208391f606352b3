/** The fused functions in a module of tfjs, and how its functions run them where the active backend has kernels. */
import type { SourceFile } from 'ts-morph';
import type { DerivedProgram } from '../../ir/program.js';
import { levelOf } from '../../plan/wanted.js';
import { fusedFunctions, loopsText, wasmText, type Fused } from '../loops/fused.js';
import { literal, member } from '../javascript/names.js';
import type { Provenance } from '../backend.js';
import { nativeText } from '../savedmodel/native.js';
import { webgpuText } from '../wgsl/module.js';

/** Names of the module that fused functions take for nothing else. */
const TAKEN: readonly string[] = ['forms', 'fusedResult', 'pathOf'];

/** The fused functions of a program; `taken` are names that the module has otherwise. */
export const fusedOf = (program: DerivedProgram, taken: readonly string[]): Fused =>
  fusedFunctions(program, 'ArrayBatch', [...taken, ...TAKEN]);

/**
 * What a function does first: the same by kernels, where the module has some. Without gradients of its own it leaves whoever
 * differentiates it to the operations, through which tfjs finds its way.
 */
export function fusedFirst(
  program: DerivedProgram,
  name: string | undefined,
  gradients: readonly string[],
  returnType: string,
): readonly string[] {
  if (name === undefined) return [];
  const outputs = gradients.filter((one) => levelOf(program, one) !== 'batch').map(literal);
  const unless = gradients.length > 0 ? '' : 'isDifferentiating() ? undefined : ';
  return [
    `const fused = ${unless}fusedResult(forms, { name: ${literal(name)}, inputs, parameters, batch, layout, params, outputs: [${outputs.join(', ')}], of: (arrays, rows, memory, kernels) => ${name}(arrays as ArrayBatch, rows, params, memory, kernels as Kernels) });`,
    `if (fused !== undefined) return fused as ${returnType};`,
  ];
}

/** Adds the functions, the forms that they have, and what says which way they run. */
export async function addFused(
  file: SourceFile,
  program: DerivedProgram,
  fused: Fused,
  provenance: Provenance,
): Promise<void> {
  file.addFunction({
    name: 'path',
    isExported: true,
    parameters: [],
    returnType: 'PathReport',
    statements: ['return pathOf(forms);'],
    docs: [
      'How the functions of this module run on the active backend, and why. The variable `VERILOSS_PATH` forces a way.',
    ],
  });
  file.addInterface({
    name: 'ArrayBatch',
    properties: program.inputs.map(({ name, level }) => ({
      name: member(name),
      type: level === 'batch' ? 'number' : 'ArrayLike<number>',
      isReadonly: true,
    })),
    docs: ['The values of a batch as arrays, row by row.'],
  });
  for (const one of fused.functions) file.addFunction(one);
  file.addStatements([...loopsText(fused.rows)]);
  const native = nativeText(program, fused, provenance);
  file.addStatements([
    `/** The walks over the tokens as loops and in WebAssembly, and the functions as kernels of WebGPU and as a graph of TensorFlow. */\nconst forms: FusedForms = { loops, wasm: ${await wasmText(fused.rows)}, webgpu: ${webgpuText(fused.planned)}, native: ${native} };`,
  ]);
}
