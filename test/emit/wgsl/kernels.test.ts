/** Kernels in WGSL against the reference, for every objective that has them; and what the others lack. */
import { beforeAll, describe, expect, test } from 'vitest';
import { evaluateProgram } from '../../../src/evaluation.js';
import { lossesOf } from '../../../src/report/evaluated.js';
import type { DerivedProgram } from '../../../src/ir/program.js';
import { announceMissing } from '../../backends/backend.js';
import { randomFrom } from '../../property/batches.js';
import { randomBatch, type RawBatch, type Shape } from '../batches.js';
import { deviation } from '../compare.js';
import { objective } from '../compiled.js';
import { openDevice, pipelines, run } from './executor.js';
import { givenOf, objectives, paramsOf, programs, subjectsOf } from './subjects.js';

/** Fewer positions than lanes, and more; groups of one, rollouts without a token. */
const SHAPES: readonly Shape[] = [
  { rollouts: 8, positions: 5, regular: true },
  { rollouts: 11, positions: 4, regular: false },
  { rollouts: 1, positions: 1, regular: true },
  { rollouts: 41, positions: 71, regular: false },
];
/** In units of what the others are allowed: see `test/emit/differential.test.ts`. */
const AMPLIFIED: Readonly<Record<string, number>> = { apo_down: 50, vespo: 5, reinforce_pp: 3 };

const WITHOUT_FORM: Readonly<Record<string, string>> = {};

let device: GPUDevice | undefined;
beforeAll(async () => {
  device = await openDevice();
  if (device === undefined) announceMissing('kernels in WGSL', 'WebGPU found no adapter, not even a software one');
});

async function worstOf(
  on: GPUDevice,
  program: DerivedProgram,
  raw: RawBatch,
  lanes: number,
): Promise<{ readonly worst: number; readonly at: string }> {
  const params = paramsOf(program);
  const outcome = evaluateProgram(program, raw, params);
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  const expected = lossesOf(outcome.evaluation);
  let found = { worst: 0, at: '' };
  for (const [index, { plan, form }] of subjectsOf(program, lanes).entries()) {
    if ('because' in form) continue;
    const { outputs } = await run(on, form, givenOf(program, raw, params));
    plan.outputs.forEach(({ name, level }, at) => {
      const loss = expected[index];
      const got = outputs.get(at) ?? [];
      const want = at === 0 ? loss?.loss : at < 1 + Object.keys(loss?.grad ?? {}).length ? loss?.grad[name] : undefined;
      const value = want ?? outcome.evaluation.metrics[name];
      const worst = deviation(got, value, level === 'batch' ? 10 : 1);
      if (!(worst <= found.worst)) found = { worst, at: `${name}: ${got.slice(0, 4)} for ${String(value).slice(0, 80)}` };
    });
  }
  return found;
}

describe('kernels in WGSL', () => {
  test.for(programs)('%s agrees with the reference', async ([name, load], context) => {
    if (device === undefined) return context.skip();
    const program = load();
    const random = randomFrom(7);
    for (const [at, shape] of SHAPES.entries()) {
      const raw = randomBatch(random, program.inputs, shape);
      const { worst, at: where } = await worstOf(device, program, raw, 32);
      if (worst > (AMPLIFIED[name] ?? 1)) expect.fail(`batch ${at}: ${worst} at ${where}`);
    }
  });

  test('every other objective says why it has no form', () => {
    const found = objectives.flatMap((name) =>
      subjectsOf(objective(name)).flatMap(({ form }) => ('because' in form ? [[name, form.because]] : [])),
    );
    expect(Object.fromEntries(found)).toEqual(WITHOUT_FORM);
  });
  test('dispatches', () => {
    const n: Record<string, number> = {};
    for (const name of objectives) for (const { form } of subjectsOf(objective(name))) if ('kernels' in form) n[name] = form.kernels.length;
    console.log(n);
  });

  test.for(programs)('%s is valid', async ([, load]) => {
    const nothing = await openDevice(['backend=null']);
    if (nothing === undefined) throw new Error('no null backend');
    for (const { form } of subjectsOf(load())) if ('kernels' in form) await pipelines(nothing, form);
  });
});
