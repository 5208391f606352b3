/** Holds what a module computes to the reference in float64. Not a test. */
import { expect } from 'vitest';
import { isSingle, type SingleEvaluation } from '../../src/report/evaluated.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { evaluateProgram } from '../../src/evaluation.js';
import type { RawBatch, Shape } from './batches.js';
import { disposeBatch, randomBatch, toTensors } from './batches.js';
import type { Batch, ObjectiveModule } from './compiled.js';

type Params = Readonly<Record<string, number>>;

/**
 * Objectives that amplify the rounding of single precision themselves: a difference of two slopes that are nearly equal
 * at the reference, the exponential of an exponential, a return that is almost the mean of all. In units of what the
 * others are allowed.
 */
export const AMPLIFIED: Readonly<Record<string, number>> = { apo_down: 50, vespo: 5, reinforce_pp: 3 };
/** A ratio multiplies `1 - exp(x)`: where it is infinite, code has an infinity for the reference's NaN. */
export const INFINITE_FACTOR: readonly string[] = ['grpo_kl_rollout', 'grpo_kl_weighted'];

export interface Computed {
  readonly loss: number;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly metrics: Readonly<Record<string, number>>;
}

/** All that a module computes of a batch, read back: in functions of their own, and `together` in one. */
export async function compute(
  module: ObjectiveModule,
  batch: Batch,
  params: Params,
): Promise<Computed & { readonly together: Computed }> {
  const layout = module.prepare(batch);
  const { loss, gradients } = module.lossAndGradients(batch, layout, params);
  const metrics = module.metrics(batch, layout, params);
  const together = module.lossGradientsAndMetrics(batch, layout, params);
  const read = async (tensor: {
    data(): Promise<ArrayLike<number>>;
    dispose(): void;
  }): Promise<readonly number[]> => {
    const values = Array.from(await tensor.data());
    tensor.dispose();
    return values;
  };
  const alone = module.loss(batch, layout, params);
  const [value = NaN] = await read(loss);
  const [other = NaN] = await read(alone);
  // A backend may compute small tensors on the host, or not, as it happens.
  if (!Object.is(other, value)) expect(Math.abs(other - value)).toBeLessThan(1e-6 * (Math.abs(value) + 0.1));
  const all = async (record: Readonly<Record<string, Parameters<typeof read>[0]>>) =>
    Object.fromEntries(
      await Promise.all(Object.entries(record).map(async ([key, one]) => [key, await read(one)] as const)),
    );
  const numbers = async (record: Parameters<typeof all>[0]): Promise<Readonly<Record<string, number>>> =>
    Object.fromEntries(Object.entries(await all(record)).map(([key, [one = NaN]]) => [key, one]));
  const [whole = NaN] = await read(together.loss);
  const result = {
    loss: value,
    gradients: await all(gradients),
    metrics: await numbers(metrics),
    together: {
      loss: whole,
      gradients: await all(together.gradients),
      metrics: await numbers(together.metrics),
    },
  };
  layout.dispose();
  return result;
}

export function reference(program: DerivedProgram, raw: RawBatch, params: Params): SingleEvaluation {
  const outcome = evaluateProgram(program, raw, params);
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  if (!isSingle(outcome.evaluation)) throw new Error('several losses');
  return outcome.evaluation;
}

/** The largest deviation, in units of what is allowed: per entry 1e-5 of it and 1e-6 of the largest of its rollout. */
export function deviation(actual: readonly number[], expected: unknown, allowed = 1): number {
  const rows = (
    typeof expected === 'number'
      ? [[expected]]
      : Array.isArray(expected) && Array.isArray(expected[0])
        ? expected
        : [expected]
  ) as readonly (readonly number[])[];
  let at = 0;
  let worst = 0;
  for (const row of rows) {
    const largest = row.reduce(
      (most, one) => (Number.isFinite(one) ? Math.max(most, Math.abs(one)) : most),
      0,
    );
    for (const one of row) {
      const got = actual[at++] ?? NaN;
      const bound = allowed * (1e-5 * Math.abs(one) + 1e-6 * largest + 1e-30);
      if (Number.isNaN(one) || !Number.isFinite(one))
        worst = Math.max(worst, Object.is(got, one) ? 0 : Infinity);
      else worst = Math.max(worst, Number.isFinite(got) ? Math.abs(got - one) / bound : Infinity);
    }
  }
  return worst;
}

/** Draws a batch, computes it both ways, and answers the worst deviation of gradient, loss and metrics. */
export async function differ(
  program: DerivedProgram,
  module: ObjectiveModule,
  random: () => number,
  shape: Shape,
  params: Params,
): Promise<{ readonly gradient: number; readonly loss: number; readonly metric: number }> {
  const raw = randomBatch(random, program.inputs, shape);
  const batch = toTensors(raw, program.inputs);
  const apart = await compute(module, batch, params);
  disposeBatch(batch);
  const expected = reference(program, raw, params);
  const close = (got: number, want: number): number =>
    Object.is(got, want) ? 0 : Math.abs(got - want) / (1e-5 * (Math.abs(want) + 0.1));
  const both = [apart, apart.together];
  const worst = (of: (computed: Computed) => readonly number[]): number =>
    Math.max(0, ...both.flatMap(of).map((one) => (Number.isNaN(one) ? Infinity : one)));
  return {
    gradient: worst(({ gradients }) =>
      Object.entries(expected.grad).map(([name, value]) => deviation(gradients[name] ?? [], value)),
    ),
    loss: worst(({ loss }) => [close(loss, expected.loss)]),
    metric: worst(({ metrics }) =>
      Object.entries(expected.metrics).map(([name, value]) => close(metrics[name] ?? NaN, value)),
    ),
  };
}
