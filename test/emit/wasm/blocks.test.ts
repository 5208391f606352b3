/** The `wasm` target on batches whose tokens come into its memory some rollouts at a time. */
import { describe, expect, test } from 'vitest';
import type { DerivedProgram } from '../../../src/ir/program.js';
import { rolloutsAtOnce } from '../../../src/runtime/plain/wasm-blocks.js';
import { randomFrom } from '../../property/batches.js';
import { randomBatch } from '../batches.js';
import { deviation } from '../compare.js';
import { objective, programOf } from '../compiled.js';
import { arrayModule, toArrays, type ArrayBatch, type ArrayModule } from '../loops/arrays.js';
import { EXTREMES } from '../programs.js';

/** Several rollouts at a time, of which the last ones are fewer; and one at a time, which is larger than a block. */
const SHAPES = [
  { rollouts: 70, positions: 1000, regular: false, atOnce: 65 },
  { rollouts: 2, positions: 70_000, regular: true, atOnce: 1 },
];

interface Computed {
  readonly losses: readonly number[];
  readonly gradients: ReadonlyMap<string, readonly number[]>;
  readonly metrics: Readonly<Record<string, number>>;
}

function computed(module: ArrayModule, { params }: DerivedProgram, batch: ArrayBatch): Computed {
  const layout = module.prepare(batch);
  const given = Object.fromEntries(params.map(({ name, default: value }) => [name, value ?? 0.5]));
  const all = Object.values(module.losses).map((one) => one.lossGradientsAndMetrics(batch, layout, given));
  const gradients = all.flatMap((one, at) =>
    Object.entries(one.gradients).map(
      ([name, value]) => [`${name} of loss ${at}`, typeof value === 'number' ? [value] : [...value]] as const,
    ),
  );
  return {
    losses: all.map(({ loss }) => loss),
    gradients: new Map(gradients),
    metrics: module.metrics(batch, layout, given),
  };
}

/** With one walk and several, kept and stored numbers, shifts, sums along a rollout, extremes, places and tags. */
const NAMES = ['grpo', 'fipo', 'kl_cov', 'actor_critic'];
const OTHERS = ['extremes', 'tags', 'returns'];
const programs = [
  ...NAMES.map((name) => [name, () => objective(name)] as const),
  ...EXTREMES.filter(([name]) => OTHERS.includes(name)).map(
    ([name, text]) => [name, () => programOf(text)] as const,
  ),
];

describe('tokens come into the memory some rollouts at a time', () => {
  test.for(programs)('%s agrees with loops in float64', async ([, load]) => {
    const program = load();
    const [own, loops] = [await arrayModule(program, 'wasm'), await arrayModule(program, 'js')];
    for (const { atOnce, ...shape } of SHAPES) {
      const raw = randomBatch(randomFrom(3), program.inputs, shape);
      const single = toArrays(raw, program.inputs, (values) => Float32Array.from(values));
      const double = toArrays(raw, program.inputs, (values) => Float64Array.from(values, Math.fround));
      expect(rolloutsAtOnce(loops.prepare(single))).toBe(atOnce);
      const [got, want] = [computed(own, program, single), computed(loops, program, double)];
      const far = [
        ['loss', deviation(got.losses, want.losses, 10)] as const,
        ...[...want.gradients].map(
          ([name, value]) => [name, deviation(got.gradients.get(name) ?? [], value)] as const,
        ),
        ...Object.entries(want.metrics).map(
          ([name, value]) => [name, deviation([got.metrics[name] ?? NaN], value, 10)] as const,
        ),
      ].filter(([, worst]) => !(worst <= 1));
      expect(far).toEqual([]);
    }
  });

  test('of whatever arrays, and into arrays that are given', async () => {
    const program = objective('real');
    const module = await arrayModule(program, 'wasm');
    for (const { atOnce, ...shape } of SHAPES) {
      const raw = randomBatch(randomFrom(5), program.inputs, shape);
      const batch = toArrays(raw, program.inputs, (values) => Float32Array.from(values));
      const lists = Object.fromEntries(
        Object.entries(batch).map(([name, value]) => [
          name,
          typeof value === 'number' ? value : Array.from(value),
        ]),
      );
      const layout = module.prepare(batch);
      const { lossAndGradients } = module.losses['loss'] ?? {};
      const alone = lossAndGradients?.(batch, layout);
      const double = toArrays(raw, program.inputs, (values) => Float64Array.from(values, Math.fround));
      const { gradients } = lossAndGradients?.(double, layout) ?? {};
      expect(gradients?.['logp']).toBeInstanceOf(Float64Array);
      expect(Float32Array.from(gradients?.['logp'] as Float64Array)).toEqual(alone?.gradients['logp']);
      const logp = new Float32Array(shape.rollouts * shape.positions).fill(NaN);
      expect(lossAndGradients?.(lists, layout, {}, { logp })).toEqual(alone);
      expect(rolloutsAtOnce(layout)).toBe(atOnce);
    }
  });

  test('of one array for several inputs, and of arrays that a batch makes when it is asked', async () => {
    const program = programOf(`objective twins {
      model logp : token
      data old_logp : token
      data ref_logp : token
      minimize mean[token in batch](exp(logp - old_logp) + square(logp - ref_logp) + 2 * old_logp)
    }`);
    const module = await arrayModule(program, 'wasm');
    const shape = { rollouts: 70, positions: 1000, regular: false };
    const raw = randomBatch(randomFrom(7), program.inputs, shape);
    const { logp, old_logp, ...others } = toArrays(raw, program.inputs, (values) =>
      Float32Array.from(values),
    );
    const once = { ...others, logp, old_logp, ref_logp: old_logp } as ArrayBatch;
    const copied = { ...once, ref_logp: Float32Array.from(old_logp as Float32Array) };
    const made = Object.create(others, {
      logp: { get: () => Array.from(logp as Float32Array) },
      old_logp: { get: () => Float32Array.from(old_logp as Float32Array), enumerable: true },
      ref_logp: { get: () => old_logp },
    }) as ArrayBatch;
    const layout = module.prepare(copied);
    const into = { logp: new Float32Array(shape.rollouts * shape.positions) };
    const [wanted, ...got] = [copied, once, made].map((batch) =>
      module.losses['loss']?.lossAndGradients(batch, layout, {}, batch === made ? into : {}),
    );
    expect(got).toEqual([wanted, wanted]);
  });

  test('more tokens than walks count the bytes of are refused', async () => {
    const program = programOf(
      'objective total {\n  model logp : token\n  minimize sum[token in batch](logp)\n}',
    );
    const module = await arrayModule(program, 'wasm');
    const batch = { group: [0], mask: [1], logp: Float32Array.of(-1) };
    const layout = { ...module.prepare(batch), rollouts: 2 ** 20, positions: 2 ** 9 };
    expect(() => module.losses['loss']?.loss(batch, layout)).toThrow(
      'the batch has 1048576 × 512 positions, expected 536870911 at most',
    );
  });

  test('quantiles are of the numbers that walks see', async () => {
    const program = programOf(`
objective median {
  model logp : token
  data entropy : token
  minimize -mean[token in batch](logp)
  metric middle = quantile[token in batch](entropy, 0.5)
}`);
    const module = await arrayModule(program, 'wasm');
    const raw = randomBatch(randomFrom(9), program.inputs, { rollouts: 5, positions: 9, regular: false });
    // No number is one of float32.
    const double = toArrays(raw, program.inputs, (values) => Float64Array.from(values, (one) => one / 3));
    const single = toArrays(raw, program.inputs, (values) => Float32Array.from(values, (one) => one / 3));
    const { middle } = module.metrics(single, module.prepare(single));
    expect(module.metrics(double, module.prepare(double))).toEqual({ middle });
  });
});
