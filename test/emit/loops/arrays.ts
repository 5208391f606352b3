/** Modules over plain arrays, loaded and called in this process, and batches for them. Not a test. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { forCode } from '../../../src/compile.js';
import { backendFor } from '../../../src/emit/index.js';
import type { DerivedProgram, InputInfo } from '../../../src/ir/program.js';
import type { Numbers } from '../../../src/runtime/plain/arrays.js';
import type { Into } from '../../../src/runtime/plain/into.js';
import type { RowLayout } from '../../../src/runtime/plain/row-layout.js';
import { ROOT } from '../../sources.js';
import type { RawBatch } from '../batches.js';

type Params = Readonly<Record<string, number>>;
export type ArrayBatch = Readonly<Record<string, Numbers | Int32Array | number | readonly number[]>>;
type Gradients = Readonly<Record<string, Numbers | number>>;

export interface ArrayModule {
  readonly prepare: (batch: ArrayBatch) => RowLayout;
  readonly losses: Readonly<
    Record<
      string,
      {
        readonly loss: (batch: ArrayBatch, layout: RowLayout, params?: Params) => number;
        readonly lossAndGradients: (
          batch: ArrayBatch,
          layout: RowLayout,
          params?: Params,
          into?: Into,
        ) => { readonly loss: number; readonly gradients: Gradients };
        readonly lossGradientsAndMetrics: (
          batch: ArrayBatch,
          layout: RowLayout,
          params?: Params,
          into?: Into,
        ) => {
          readonly loss: number;
          readonly gradients: Gradients;
          readonly metrics: Readonly<Record<string, number>>;
        };
      }
    >
  >;
  readonly metrics: (
    batch: ArrayBatch,
    layout: RowLayout,
    params?: Params,
  ) => Readonly<Record<string, number>>;
  readonly validate: (batch: ArrayBatch, params?: Params) => void;
}

export type ArrayTarget = 'js' | 'wasm';
const modules = {
  js: new WeakMap<DerivedProgram, Promise<ArrayModule>>(),
  wasm: new WeakMap<DerivedProgram, Promise<ArrayModule>>(),
};

/** The loaded module, each emitted once. */
export function arrayModule(program: DerivedProgram, target: ArrayTarget = 'js'): Promise<ArrayModule> {
  const known = modules[target].get(program) ?? emitAndLoad(program, target);
  modules[target].set(program, known);
  return known;
}

export async function emittedArrays(
  program: DerivedProgram,
  language: 'js' | 'ts' = 'js',
  target: ArrayTarget = 'js',
): Promise<string> {
  const options = { language, layout: false, sourceHash: '0', version: '0' };
  const files = await backendFor(target).emit(forCode(program), options);
  return files[0]?.text ?? '';
}

async function emitAndLoad(program: DerivedProgram, target: ArrayTarget): Promise<ArrayModule> {
  const text = await emittedArrays(program, 'js', target);
  const folder = join(ROOT, 'build/emitted');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.mjs`);
  writeFileSync(path, text);
  return (await import(pathToFileURL(path).href)) as ArrayModule;
}

/** What stands at masked positions must not matter: here it is whatever does most harm. */
const GARBAGE = [NaN, Infinity, -Infinity, 1e30, 0];

/** A batch as arrays of one precision, row by row. */
export function toArrays(
  raw: RawBatch,
  inputs: readonly InputInfo[],
  numbers: (values: readonly number[]) => Numbers = (values) => Float64Array.from(values),
  garbage = true,
): ArrayBatch {
  const values = inputs.map(({ name, level, role }) => {
    const value = raw[name];
    const held = role === 'tag' ? (all: readonly number[]) => Int32Array.from(all) : numbers;
    if (level === 'batch') return [name, value as number] as const;
    if (level !== 'token') return [name, held(value as number[])] as const;
    const flat = (value as readonly (readonly number[])[]).flatMap((row, at) =>
      row.map((one, position) =>
        raw.mask[at]?.[position] === 1
          ? one
          : garbage
            ? (GARBAGE[(at + position) % GARBAGE.length] ?? 0)
            : -1,
      ),
    );
    return [name, held(flat)] as const;
  });
  return { ...Object.fromEntries(values), group: raw.group, mask: raw.mask.flat() };
}
