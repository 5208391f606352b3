/** SavedModels on TensorFlow itself, compiled by XLA and op by op: every objective against the float64 reference. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DerivedProgram } from '../../src/ir/program.js';
import type { NativeForm } from '../../src/runtime/index.js';
import { openOrSkip } from '../backends/backend.js';
import { randomBatch, type RawBatch, withOne } from '../emit/batches.js';
import { AMPLIFIED, INFINITE_FACTOR, deviation } from '../emit/compare.js';
import { ACTOR_CRITIC, EXTREMES } from '../emit/programs.js';
import { OBJECTIVES, objective, programOf } from '../emit/compiled.js';
import { randomFrom } from '../property/batches.js';
import { computeWith, expected, given, runsOf, type Params, type Run } from '../savedmodel/models.js';

const PROGRAMS = [
  ...OBJECTIVES.map((name) => [name, () => objective(name)] as const),
  ...[...EXTREMES, ['three losses', ACTOR_CRITIC] as const].map(
    ([name, text]) => [name, () => programOf(text)] as const,
  ),
];

/** How much the difference of two slopes that are nearly equal (`apo_down`) keeps depends on what is drawn. */
const ALLOWED: Readonly<Record<string, number>> = { ...AMPLIFIED, apo_down: 100 };

/** Every shape is compiled by itself, so there are few. */
const SCATTERED = { rollouts: 11, positions: 4, regular: false };
const LONE = { rollouts: 1, positions: 1, regular: true };

const paramsOf = (program: DerivedProgram, at: number): Params =>
  Object.fromEntries(
    program.params.map(({ name, default: value }) => [
      name,
      at % 2 === 0 ? (value ?? 0.5) : (value ?? 0.5) || 0.25,
    ]),
  );

const close = (got: number, want: number): number =>
  Object.is(got, want) ? 0 : Math.abs(got - want) / (1e-5 * (Math.abs(want) + 0.1));

/** The worst deviation of every loss with its gradients and metrics, in units of what is allowed. */
function worst(
  runs: readonly { readonly run: Run }[],
  program: DerivedProgram,
  raw: RawBatch,
  params: Params,
): { readonly loss: number; readonly gradient: number; readonly metric: number } {
  const inputs = given(raw, program, params);
  const { losses, metrics } = expected(program, raw, params);
  const found = runs.map(({ run }, at) => {
    const computed = computeWith(run, inputs, program, at);
    const { loss, grad } = losses[at] ?? { loss: NaN, grad: {} };
    return {
      loss: close(computed.loss, loss),
      gradient: Math.max(
        ...Object.keys(computed.gradients).map((name) =>
          deviation(computed.gradients[name] ?? [], grad[name]),
        ),
      ),
      metric: Math.max(
        0,
        ...Object.entries(metrics).map(([name, value]) => close(computed.metrics[name] ?? NaN, value)),
      ),
    };
  });
  tf.dispose(Object.values(inputs));
  const most = (of: (one: (typeof found)[number]) => number): number => Math.max(...found.map(of));
  return {
    loss: most((one) => one.loss),
    gradient: most((one) => one.gradient),
    metric: most((one) => one.metric),
  };
}

/** Loaded once: what takes long is what XLA compiles, for every model and every shape. */
const loaded = new Map<string, ReturnType<typeof runsOf>>();
function runsIn(form: NativeForm, name: string, program: DerivedProgram): ReturnType<typeof runsOf> {
  const key = `${form} ${name}`;
  const runs = loaded.get(key) ?? runsOf(program, form);
  loaded.set(key, runs);
  return runs;
}
afterAll(() => {
  for (const runs of loaded.values()) for (const { dispose } of runs) dispose();
});

beforeAll(async () => {
  await openOrSkip('node-gpu', { skip: (why: string) => expect.fail(why) } as never);
});

describe.each(['xla', 'plain'] as const)('%s', (form) => {
  test.each(PROGRAMS)('%s agrees with the reference', async (name, load) => {
    const program = load();
    const runs = runsIn(form, name, program);
    const random = randomFrom(7);
    // A group of one is computed op by op: to compile it for every objective takes minutes.
    const shapes = form === 'xla' ? [SCATTERED, SCATTERED] : [SCATTERED, LONE, SCATTERED, SCATTERED];
    for (const [at, shape] of shapes.entries()) {
      const params = paramsOf(program, at);
      const found = worst(runs, program, randomBatch(random, program.inputs, shape), params);
      const ok = Math.max(found.loss, found.gradient, found.metric) <= (ALLOWED[name] ?? 1);
      expect({ at, ...found, ok }).toEqual({ at, ...found, ok: true });
    }
  });

  test.each(PROGRAMS)('%s does not read masked positions, and passes on what counts', async (name, load) => {
    const program = load();
    const runs = runsIn(form, name, program);
    const params = paramsOf(program, 0);
    const raw = randomBatch(randomFrom(3), program.inputs, SCATTERED);
    const [harmful, harmless] = [given(raw, program, params, true), given(raw, program, params, false)];
    for (const [at, { run }] of runs.entries())
      expect(computeWith(run, harmful, program, at)).toEqual(computeWith(run, harmless, program, at));
    tf.dispose([...Object.values(harmful), ...Object.values(harmless)]);

    for (const input of ['logp', 'reward'])
      for (const value of [NaN, Infinity, -Infinity]) {
        // A label is 0 or 1, a log-probability that is declared as one is below 0; and not every objective has both.
        if (!program.inputs.some((one) => one.name === input && one.domain === undefined)) continue;
        if (value === Infinity && INFINITE_FACTOR.includes(name)) continue;
        const odd = { ...raw, [input]: withOne(raw[input], raw.mask, value) };
        const inputs = given(odd, program, params);
        const { losses } = expected(program, odd, params);
        for (const [at, { run }] of runs.entries()) {
          const computed = computeWith(run, inputs, program, at);
          const of = { input, value, at };
          expect({ ...of, loss: deviation([computed.loss], losses[at]?.loss, 10) <= 1 }).toEqual({
            ...of,
            loss: true,
          });
          for (const [key, one] of Object.entries(losses[at]?.grad ?? {})) {
            const found = deviation(computed.gradients[key] ?? [], one, 10 * (ALLOWED[name] ?? 1));
            expect({ ...of, key, found, ok: found <= 1 }).toEqual({ ...of, key, found, ok: true });
          }
        }
        tf.dispose(Object.values(inputs));
      }
  });

  test.each(['grpo', 'real', 'gspo', 'ppo', 'rloo', 'dapo'])(
    '%s: groups of every kind, ratios up to e^80',
    async (name) => {
      const program = objective(name);
      const runs = runsIn(form, name, program);
      const raw = extremeBatch(program);
      const found = worst(runs, program, raw, paramsOf(program, 0));
      const ok = Math.max(found.loss, found.gradient, found.metric) <= 1;
      expect({ ...found, ok }).toEqual({ ...found, ok: true });
    },
  );
});

/** Groups with ids far apart and their rollouts scattered: mixed, all right, all wrong, of one; one rollout is empty. */
function extremeBatch(program: DerivedProgram): RawBatch {
  const group = [2 ** 31 - 1, -5, 0, -(2 ** 31), 2 ** 31 - 1, -5, 0, 7, 2 ** 31 - 1];
  const reward = [1, 1, 0, 1, 0, 1, 0, 0, 1];
  const mask = group.map((_, row) => [1, 1, row === 4 ? 0 : 1, 0, 1].map((one) => (row === 6 ? 0 : one)));
  const steps = [80, -80, 0, 1, -1, 20, -20, 0.2, -0.2];
  const random = randomFrom(19);
  const drawn = randomBatch(random, program.inputs, { rollouts: group.length, positions: 5, regular: true });
  const logp = mask.map((row) => row.map(() => Math.fround(-2 * random())));
  const old_logp = logp.map((row, at) =>
    row.map((one, position) => Math.fround(one - (steps[(at + position) % steps.length] ?? 0))),
  );
  const own: Readonly<Record<string, RawBatch[string]>> = { logp, old_logp, ref_logp: logp, reward };
  const used = Object.fromEntries(
    program.inputs.flatMap(({ name }) => {
      const value = own[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  return { ...drawn, ...used, group, mask };
}
