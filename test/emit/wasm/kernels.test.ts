/** Kernels in WebAssembly with a memory of their own, against the reference. */
import { describe, expect, test } from 'vitest';
import { evaluateProgram } from '../../../src/evaluation.js';
import { lossesOf } from '../../../src/report/evaluated.js';
import type { DerivedProgram } from '../../../src/ir/program.js';
import { randomFrom } from '../../property/batches.js';
import { farBatches, outlyingBatches, randomBatch, type RawBatch, type Shape } from '../batches.js';
import { AMPLIFIED, deviation } from '../compare.js';
import { objective, programOf } from '../compiled.js';
import { EXTREMES, FAR, OUTLYING } from '../programs.js';
import { arrayModule, toArrays, type ArrayModule } from '../loops/arrays.js';

type Params = Readonly<Record<string, number>>;

/** A few of each kind; in the heap of tfjs every objective is computed (`test/emit/kernels`). */
const objectives = [
  ...['actor_critic', 'apo_down', 'chord', 'entropy_mask', 'fipo', 'gmpo', 'grpo', 'grpo_leave_one_out'],
  ...['gspo', 'hmpo', 'pacs', 'ppo_entropy', 'real', 'reinforce_pp', 'vespo'],
];
const programs = [
  ...objectives.map((name) => [name, () => objective(name)] as const),
  ...EXTREMES.map(([name, text]) => [name, () => programOf(text)] as const),
];
/** Rows of less than a vector, of more, and of many; one token at the end of a run, and three. */
const SHAPES: readonly Shape[] = [
  { rollouts: 8, positions: 5, regular: true },
  { rollouts: 11, positions: 4, regular: false },
  { rollouts: 1, positions: 1, regular: true },
  { rollouts: 9, positions: 39, regular: false },
];

const float32 = (values: readonly number[]): Float32Array => Float32Array.from(values);
const paramsOf = (program: DerivedProgram): Params =>
  Object.fromEntries(program.params.map(({ name, default: value }) => [name, (value ?? 0.5) || 0.25]));

function worstOf(
  module: ArrayModule,
  program: DerivedProgram,
  raw: RawBatch,
  params: Params,
): { readonly worst: number; readonly at: string } {
  const outcome = evaluateProgram(program, raw, params);
  if ('problem' in outcome) throw new Error(outcome.problem.message);
  const { evaluation } = outcome;
  const batch = toArrays(raw, program.inputs, float32);
  const layout = module.prepare(batch);
  let found = { worst: 0, at: '' };
  const note = (worst: number, at: string): void => {
    if (!(worst <= found.worst)) found = { worst, at };
  };
  const noteMetrics = (metrics: Readonly<Record<string, number>>): void => {
    for (const [name, value] of Object.entries(evaluation.metrics))
      note(deviation([metrics[name] ?? NaN], value, 10), `metric ${name}: ${metrics[name]} for ${value}`);
  };
  for (const { name = 'loss', loss, grad } of lossesOf(evaluation)) {
    const own = module.losses[name];
    if (own === undefined) throw new Error(`no loss ${name}`);
    const apart = own.lossAndGradients(batch, layout, params);
    const together = own.lossGradientsAndMetrics(batch, layout, params);
    expect(own.loss(batch, layout, params)).toBe(apart.loss);
    for (const computed of [apart, together]) {
      note(deviation([computed.loss], loss, 10), `${name}: ${computed.loss} for ${loss}`);
      for (const [input, value] of Object.entries(grad)) {
        const got = computed.gradients[input];
        if (got !== undefined)
          note(deviation(typeof got === 'number' ? [got] : [...got], value), `${name} by ${input}`);
      }
    }
    noteMetrics(together.metrics);
  }
  noteMetrics(module.metrics(batch, layout, params));
  return found;
}

describe('kernels in WebAssembly', () => {
  test.each(programs)('%s agrees with the reference', async (name, load) => {
    const program = load();
    const module = await arrayModule(program, 'wasm');
    const random = randomFrom(7);
    for (const [at, shape] of [...SHAPES, ...SHAPES].entries()) {
      const raw = randomBatch(random, program.inputs, shape);
      const { worst, at: where } = worstOf(module, program, raw, paramsOf(program));
      if (worst > (AMPLIFIED[name] ?? 1)) expect.fail(`batch ${at}: ${worst} at ${where}`);
    }
  });

  test('batches of any size after each other give what each gives alone', async () => {
    const program = objective('real');
    const module = await arrayModule(program, 'wasm');
    const of = (rollouts: number, positions: number): { readonly worst: number } => {
      const shape = { rollouts, positions, regular: true };
      return worstOf(module, program, randomBatch(randomFrom(rollouts), program.inputs, shape), { tau: 0.5 });
    };
    // Memory grows on the way, and what was in it moves.
    for (const [rollouts, positions] of [
      [4, 3],
      [8, 40],
      [16, 900],
      [2, 5],
      [32, 3000],
      [4, 3],
    ] as const)
      expect(of(rollouts, positions).worst).toBeLessThanOrEqual(1);
  });

  test('a shift by more tokens than most rollouts have, or than any has, agrees with the reference', async () => {
    const program = programOf(FAR);
    const module = await arrayModule(program, 'wasm');
    for (const raw of farBatches(program))
      expect(worstOf(module, program, raw, {}).worst).toBeLessThanOrEqual(1);
  });

  test('a token that is far from the others leaves them their digits', async () => {
    const program = programOf(OUTLYING);
    const module = await arrayModule(program, 'wasm');
    for (const raw of outlyingBatches) expect(worstOf(module, program, raw, {}).worst).toBeLessThan(0.1);
  });

  test('an input of another size is an error that names it', async () => {
    const program = objective('real');
    const module = await arrayModule(program, 'wasm');
    const raw = randomBatch(randomFrom(1), program.inputs, { rollouts: 4, positions: 3, regular: true });
    const batch = toArrays(raw, program.inputs, float32);
    const layout = module.prepare(batch);
    const { lossAndGradients } = module.losses['loss'] ?? {};
    for (const [name, size] of [
      ['logp', 0],
      ['old_logp', 13],
      ['reward', 3],
    ] as const)
      expect(() => lossAndGradients?.({ ...batch, [name]: new Float32Array(size) }, layout)).toThrow(
        `\`${name}\` has ${String(size)} numbers, expected ${name === 'reward' ? '4' : '12'}`,
      );
  });
});
