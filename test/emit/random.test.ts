/** Emitted code of random programs against the reference: every op, level and condition, in any combination. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import type { DerivedProgram } from '../../src/ir/program.js';
import { openBackend } from '../backends/backend.js';
import { randomFrom } from '../property/batches.js';
import { PARAMS, randomProgram } from '../property/program-generator.js';
import { disposeBatch, randomBatch, toTensors, type RawBatch } from './batches.js';
import { compute, reference } from './compare.js';
import { compileToModule } from './compiled.js';

const PROGRAMS = 70;
const SHAPES = [
  { rollouts: 8, positions: 5, regular: true },
  { rollouts: 9, positions: 4, regular: false },
];

/** A program may happen not to depend on the model. */
function programFrom(seed: number): { readonly text: string; readonly program: DerivedProgram } | undefined {
  const text = randomProgram(randomFrom(seed));
  const [unit] = analyze(text, `seed-${seed}`).units;
  return unit && { text, program: unit.program };
}

/** Loss and gradients of the reference, under names; masked positions are 0. */
function expectedOf(program: DerivedProgram, raw: RawBatch): ReadonlyMap<string, readonly number[]> {
  const { loss, grad } = reference(program, raw, PARAMS);
  const gradients = Object.entries(grad).map(([name, value]) => [name, [value].flat(3) as number[]] as const);
  return new Map([['loss', [loss]], ...gradients]);
}

/** The batch, every value moved by about as much as float32 rounds, or a little more. */
function moved(raw: RawBatch, program: DerivedProgram, random: () => number): RawBatch {
  const move = (x: number): number => x + (random() < 0.5 ? -1 : 1) * 1e-6 * (1 + Math.abs(x));
  const each = (value: RawBatch[string]): RawBatch[string] => {
    if (typeof value === 'number') return move(value);
    return value.map((one) => (typeof one === 'number' ? move(one) : one.map(move))) as RawBatch[string];
  };
  return { ...raw, ...Object.fromEntries(program.inputs.map(({ name }) => [name, each(raw[name] ?? 0)])) };
}

interface Tally {
  compared: number;
  unsteady: number;
}

/** Compares where the reference itself is steady: not near a kink, and not past what float32 can say. */
async function compare(seed: number, tally: Tally): Promise<void> {
  const found = programFrom(seed);
  if (found === undefined) return;
  const { text, program } = found;
  const module = await compileToModule(program);
  for (const [at, shape] of SHAPES.entries()) {
    const random = randomFrom(1000 * seed + at);
    const raw = randomBatch(random, program.inputs, shape);
    const batch = toTensors(raw, program.inputs);
    const { loss, gradients } = await compute(module, batch, PARAMS);
    disposeBatch(batch);
    const actual = new Map([['loss', [loss]], ...Object.entries(gradients)]);
    const expected = expectedOf(program, raw);
    const others = Array.from({ length: 4 }, () => expectedOf(program, moved(raw, program, random)));
    for (const [name, values] of expected) {
      const own = actual.get(name);
      // A module has no gradient for what its loss does not reach.
      if (own === undefined) expect(values.every((value) => value === 0)).toBe(true);
      if (own === undefined) continue;
      const largest = Math.max(0, ...values.filter(Number.isFinite).map(Math.abs));
      values.forEach((value, index) => {
        const spread = Math.max(...others.map((one) => Math.abs((one.get(name)?.[index] ?? NaN) - value)));
        const scale = Math.abs(value) + 0.1 * largest + 1e-3;
        if (!(spread <= 1e-3 * scale) || !(largest < 1e6)) {
          tally.unsteady += 1;
          return;
        }
        tally.compared += 1;
        const got = own[index] ?? NaN;
        if (!(Math.abs(got - value) <= 3e-5 * scale + 4 * spread))
          expect.fail(`seed ${seed}, batch ${at}: ${name}[${index}] is ${got}, expected ${value}\n${text}`);
      });
    }
  }
}

describe.each(['cpu', 'wasm'] as const)('%s', (backend) => {
  test('random programs agree with the reference', { timeout: 240_000 }, async () => {
    expect(await openBackend(backend)).not.toHaveProperty('missing');
    const tally: Tally = { compared: 0, unsteady: 0 };
    for (let seed = 1; seed <= PROGRAMS; seed += 1) await compare(seed, tally);
    expect(tally.compared).toBeGreaterThan(30 * PROGRAMS);
    expect(tally.unsteady / tally.compared).toBeLessThan(0.05);
  });
});
