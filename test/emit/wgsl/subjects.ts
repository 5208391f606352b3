/** The kernels of every objective, and batches for them. Not a test. */
import { forCode } from '../../../src/compile.js';
import { calledIn } from '../../../src/emit/javascript/called.js';
import { wantedOf } from '../../../src/plan/wanted.js';
import { wgslKernels } from '../../../src/emit/wgsl/emit.js';
import type { Kernels, NoForm } from '../../../src/emit/wgsl/kernel.js';
import type { DerivedLoss, DerivedProgram } from '../../../src/ir/program.js';
import { fuse } from '../../../src/plan/fused/fuse.js';
import type { FusedPlan } from '../../../src/plan/fused/program.js';
import type { Wanted } from '../../../src/plan/prepared.js';
import { rowLayout } from '../../../src/runtime/plain/row-layout.js';
import type { RawBatch } from '../batches.js';
import { OBJECTIVES, objective, programOf } from '../compiled.js';
import { toArrays } from '../loops/arrays.js';
import { EXTREMES } from '../programs.js';
import type { Given } from './executor.js';

export const programs: readonly (readonly [string, () => DerivedProgram])[] = [
  ...OBJECTIVES.map((name) => [name, () => objective(name)] as const),
  ...EXTREMES.map(([name, text]) => [name, () => programOf(text)] as const),
];

export interface Subject {
  readonly loss: DerivedLoss;
  readonly plan: FusedPlan;
  readonly form: Kernels | NoForm;
}

const known = new WeakMap<DerivedProgram, readonly Subject[]>();

/** For each loss of a program the kernels of it, its gradients and all metrics; printed once. */
export function subjectsOf(program: DerivedProgram): readonly Subject[] {
  const subjects = known.get(program) ?? printed(program);
  known.set(program, subjects);
  return subjects;
}

function printed(program: DerivedProgram): readonly Subject[] {
  const ready = forCode(program);
  return ready.losses.map((loss) => {
    const metrics = ready.metrics.map(({ name, value }): Wanted => ({ name, level: 'batch', value }));
    const plan = fuse([...wantedOf(ready, loss), ...metrics], calledIn(ready));
    return { loss, plan, form: wgslKernels(plan) };
  });
}

export const paramsOf = (program: DerivedProgram): Readonly<Record<string, number>> =>
  Object.fromEntries(program.params.map(({ name, default: value }) => [name, (value ?? 0.5) || 0.25]));

/** A batch as kernels take it, with garbage where the mask is 0. */
export function givenOf(
  program: DerivedProgram,
  raw: RawBatch,
  params: Readonly<Record<string, number>>,
): Given {
  const arrays = toArrays(raw, program.inputs, (values) => Float32Array.from(values));
  const mask = Float32Array.from(raw.mask.flat());
  const inputs = program.inputs.map(({ name, role }) => {
    const value = arrays[name] ?? [];
    if (typeof value === 'number')
      return [name, role === 'tag' ? Int32Array.of(value) : Float32Array.of(value)] as const;
    return [name, value instanceof Int32Array ? value : Float32Array.from(value)] as const;
  });
  return { layout: rowLayout(raw.group, mask), mask, inputs: Object.fromEntries(inputs), params };
}
