/** Loops over plain arrays against the reference, for every objective and for random programs. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../src/compile.js';
import { evaluateProgram } from '../../../src/evaluation.js';
import { lossesOf, type EvaluatedLoss } from '../../../src/report/evaluated.js';
import type { DerivedProgram } from '../../../src/ir/program.js';
import { randomFrom } from '../../property/batches.js';
import { PARAMS, randomProgram } from '../../property/program-generator.js';
import { randomBatch, withOne, type RawBatch, type Shape } from '../batches.js';
import { OBJECTIVES, objective, programOf } from '../compiled.js';
import { EXTREMES } from '../programs.js';
import { arrayModule, toArrays, type ArrayModule } from './arrays.js';

type Params = Readonly<Record<string, number>>;

const programs = [
  ...OBJECTIVES.map((name) => [name, () => objective(name)] as const),
  ...EXTREMES.map(([name, text]) => [name, () => programOf(text)] as const),
];

const SHAPES: readonly Shape[] = [
  { rollouts: 8, positions: 5, regular: true },
  { rollouts: 11, positions: 4, regular: false },
  { rollouts: 1, positions: 1, regular: true },
  { rollouts: 6, positions: 1, regular: false },
  // Tokens of a long run are taken several at a time.
  { rollouts: 9, positions: 27, regular: false },
];

const paramsOf = (program: DerivedProgram): Params =>
  Object.fromEntries(program.params.map(({ name, default: value }) => [name, (value ?? 0.5) || 0.25]));

interface Expected {
  readonly losses: readonly EvaluatedLoss[];
  readonly metrics: Readonly<Record<string, number>>;
}

function expectedOf(program: DerivedProgram, raw: RawBatch, params: Params): Expected {
  const outcome = evaluateProgram(program, raw, params);
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  const { evaluation } = outcome;
  return { losses: lossesOf(evaluation), metrics: evaluation.metrics };
}

/** How far two numbers are apart, in units of `scale` or of the number itself; what is not finite is the same. */
const apart = (got: number, want: number, scale: number): number =>
  Object.is(got, want) || got === want
    ? 0
    : Number.isFinite(want)
      ? Math.abs(got - want) / Math.max(Math.abs(want), scale, 1e-300)
      : Infinity;

/** The largest deviation of losses, gradients and metrics, and where it is. */
function deviation(
  module: ArrayModule,
  program: DerivedProgram,
  raw: RawBatch,
  params: Params,
): { readonly worst: number; readonly at: string } {
  const batch = toArrays(raw, program.inputs);
  const layout = module.prepare(batch);
  const expected = expectedOf(program, raw, params);
  let found = { worst: 0, at: '' };
  const note = (worst: number, at: string): void => {
    if (worst > found.worst) found = { worst, at };
  };
  const noteMetrics = (metrics: Readonly<Record<string, number>>): void => {
    for (const [name, value] of Object.entries(expected.metrics))
      note(apart(metrics[name] ?? NaN, value, 1), `metric ${name}: ${metrics[name]} for ${value}`);
  };
  for (const { name, loss, grad } of expected.losses) {
    const own = module.losses[name ?? 'loss'];
    if (own === undefined) throw new Error(`no loss ${name}`);
    const together = own.lossGradientsAndMetrics(batch, layout, params);
    note(apart(own.loss(batch, layout, params), loss, 1), `${name} alone`);
    for (const computed of [own.lossAndGradients(batch, layout, params), together]) {
      note(apart(computed.loss, loss, 1), `${name}: ${computed.loss} for ${loss}`);
      for (const [input, value] of Object.entries(grad)) {
        const want = [value].flat(2) as readonly number[];
        const given = computed.gradients[input];
        const got = typeof given === 'number' ? [given] : given;
        const largest = Math.max(1e-3, ...want.filter(Number.isFinite).map(Math.abs));
        want.forEach((one, at) => {
          // A module has no gradient for what its loss does not reach.
          note(
            apart(got === undefined ? 0 : (got[at] ?? NaN), one, largest),
            `${name} by ${input}[${at}]: ${got?.[at]} for ${one}`,
          );
        });
      }
    }
    noteMetrics(together.metrics);
  }
  noteMetrics(module.metrics(batch, layout, params));
  return found;
}

/**
 * Objectives that amplify rounding themselves, and so that of two ways to compute the same: a difference of nearly equal
 * slopes, a return that is almost the mean of all.
 */
const CLOSE = 1e-9;

describe('loops over arrays', () => {
  test.each(programs)('%s agrees with the reference', async (_name, load) => {
    const program = load();
    const module = await arrayModule(program);
    const random = randomFrom(7);
    for (const [at, shape] of SHAPES.entries()) {
      const raw = randomBatch(random, program.inputs, shape);
      const { worst, at: where } = deviation(module, program, raw, paramsOf(program));
      if (worst > CLOSE) expect.fail(`batch ${at}: ${where}`);
    }
  });

  test.each(programs)('%s does not read masked positions', async (_name, load) => {
    const program = load();
    const module = await arrayModule(program);
    const raw = randomBatch(randomFrom(3), program.inputs, { rollouts: 8, positions: 5, regular: false });
    const [harmful, harmless] = [true, false].map((garbage) =>
      toArrays(raw, program.inputs, (values) => Float32Array.from(values), garbage),
    );
    if (harmful === undefined || harmless === undefined) throw new Error('two batches');
    const params = paramsOf(program);
    for (const { lossAndGradients } of Object.values(module.losses))
      expect(lossAndGradients(harmful, module.prepare(harmful), params)).toEqual(
        lossAndGradients(harmless, module.prepare(harmless), params),
      );
  });

  test.each(
    [NaN, Infinity, -Infinity].flatMap((value) => ['logp', 'reward'].map((name) => [value, name] as const)),
  )('%s in %s that counts goes where the reference has it', async (value, input) => {
    for (const name of OBJECTIVES) {
      const program = objective(name);
      if (!program.inputs.some((one) => one.name === input && one.domain === undefined)) continue;
      if (value === Infinity && INFINITE_FACTOR.includes(name)) continue;
      const module = await arrayModule(program);
      const drawn = randomBatch(randomFrom(11), program.inputs, {
        rollouts: 8,
        positions: 4,
        regular: false,
      });
      const raw = { ...drawn, [input]: withOne(drawn[input], drawn.mask, value) };
      const { worst, at } = deviation(module, program, raw, paramsOf(program));
      if (worst > CLOSE) expect.fail(`${name}: ${at}`);
    }
  });

  test('random programs agree with the reference where it is steady', { timeout: 180_000 }, async () => {
    let compared = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const text = randomProgram(randomFrom(seed));
      const [unit] = analyze(text, `seed-${seed}`).units;
      if (unit === undefined) continue;
      const module = await arrayModule(unit.program);
      for (const shape of SHAPES.slice(0, 3)) {
        const raw = randomBatch(randomFrom(1000 * seed), unit.program.inputs, shape);
        const { worst, at } = deviation(module, unit.program, raw, PARAMS);
        if (worst <= 1e-6) compared += 1;
        else if (isSteady(unit.program, raw, randomFrom(seed))) expect.fail(`seed ${seed}: ${at}\n${text}`);
      }
    }
    expect(compared).toBeGreaterThan(120);
  });
});

/** Whether the reference is about the same where every input is moved a little: not near a kink or a jump. */
function isSteady(program: DerivedProgram, raw: RawBatch, random: () => number): boolean {
  const move = (x: number): number => x + (random() - 0.5) * 1e-9 * (1 + Math.abs(x));
  const each = (value: RawBatch[string]): RawBatch[string] => {
    if (typeof value === 'number') return move(value);
    return value.map((one) => (typeof one === 'number' ? move(one) : one.map(move))) as RawBatch[string];
  };
  const numbers = (batch: RawBatch): readonly number[] =>
    expectedOf(program, batch, PARAMS).losses.flatMap(({ loss, grad }) => [
      loss,
      ...Object.values(grad).flatMap((value) => [value].flat(2) as readonly number[]),
    ]);
  const own = numbers(raw);
  const largest = Math.max(...own.map(Math.abs));
  return [1, 2, 3, 4].every(() => {
    const inputs = program.inputs.map(({ name }) => [name, each(raw[name] ?? 0)] as const);
    const others = numbers({ ...raw, ...Object.fromEntries(inputs) });
    return own.every((value, at) => Math.abs((others[at] ?? NaN) - value) <= 1e-6 * largest);
  });
}

/** A ratio multiplies `1 - exp(x)`: where it is infinite, code has an infinity for the reference's NaN. */
const INFINITE_FACTOR: readonly string[] = ['grpo_kl_rollout', 'grpo_kl_weighted'];
