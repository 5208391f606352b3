/** Gradients in arrays of the caller: what is in them, and which arrays are refused. */
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../property/batches.js';
import { randomBatch } from '../batches.js';
import { objective, programOf } from '../compiled.js';
import { arrayModule, toArrays, type ArrayTarget } from './arrays.js';

const program = objective('ppo_entropy');
const SHAPE = { rollouts: 6, positions: 5, regular: false };

/** A batch with so many positions that count, and the arrays that were made for its gradients. */
async function started(target: ArrayTarget, whole = false) {
  const module = await arrayModule(program, target);
  const raw = randomBatch(randomFrom(3), program.inputs, SHAPE);
  const all = { ...raw, mask: raw.mask.map((row) => row.map(() => 1)) };
  const given = toArrays(whole ? all : raw, program.inputs, (values) => Float32Array.from(values));
  const { lossAndGradients, lossGradientsAndMetrics } = module.losses['loss'] ?? {};
  if (lossAndGradients === undefined || lossGradientsAndMetrics === undefined) throw new Error('no loss');
  return { given, layout: module.prepare(given), lossAndGradients, lossGradientsAndMetrics };
}
const garbage = (): Float32Array => new Float32Array(SHAPE.rollouts * SHAPE.positions).fill(NaN);

describe.each(['js', 'wasm'] as const)('%s', (target) => {
  test.each([false, true])(
    'the same numbers as in arrays of its own; all positions count: %s',
    async (whole) => {
      const { given, layout, lossAndGradients, lossGradientsAndMetrics } = await started(target, whole);
      const fresh = lossAndGradients(given, layout);
      const into = { logp: garbage(), entropy: garbage() };
      const filled = lossAndGradients(given, layout, {}, into);
      expect(filled).toEqual(fresh);
      expect(filled.gradients['logp']).toBe(into.logp);
      expect(filled.gradients['entropy']).toBe(into.entropy);
      const { gradients } = lossGradientsAndMetrics(given, layout, {}, { entropy: garbage() });
      expect(gradients).toEqual(fresh.gradients);
    },
  );

  test('another precision', async () => {
    const { given, layout, lossAndGradients } = await started(target);
    const { gradients } = lossAndGradients(given, layout, {}, { logp: Float64Array.from(garbage()) });
    const { gradients: fresh } = lossAndGradients(given, layout);
    expect(gradients['logp']).toBeInstanceOf(Float64Array);
    expect(Float32Array.from(gradients['logp'] as Float64Array)).toEqual(fresh['logp']);
  });

  test('arrays that do not fit are refused', async () => {
    const { given, layout, lossAndGradients } = await started(target);
    const both = new Float32Array(45);
    const refused = (into: object): void => {
      lossAndGradients(given, layout, {}, into as Readonly<Record<string, Float32Array>>);
    };
    expect(() => {
      refused({ logp: new Float32Array(29) });
    }).toThrow('`into.logp` has 29 numbers, expected 30');
    expect(() => {
      refused({ old_logp: garbage() });
    }).toThrow('`into.old_logp` is no gradient here, expected one of `logp`, `entropy`');
    expect(() => {
      refused(null as never);
    }).toThrow('`into` is null, expected an object of arrays');
    expect(() => {
      refused({ logp: Array.from(garbage()) });
    }).toThrow('`into.logp` is no Float32Array and no Float64Array');
    expect(() => {
      refused({ logp: given['old_logp'] });
    }).toThrow('`into.logp` has memory in common with `old_logp`');
    expect(() => {
      refused({ logp: both.subarray(0, 30), entropy: both.subarray(15) });
    }).toThrow('`into.logp` has memory in common with `into.entropy`');
    expect(() => {
      refused({ logp: both.subarray(0, 30), entropy: new Float32Array(30) });
    }).not.toThrow();
  });

  test('inputs may be called as what every object has', async () => {
    const odd = programOf(
      'objective o {\n  model constructor : token\n  model toString : rollout\n  minimize sum[token in batch](constructor * toString)\n}',
    );
    const module = await arrayModule(odd, target);
    const batch = {
      group: [0],
      mask: [1, 1],
      constructor: Float32Array.of(2, 3),
      toString: Float32Array.of(5),
    };
    const layout = module.prepare(batch);
    const into = { toString: new Float32Array(1) };
    for (const given of [undefined, {}, into]) {
      const { gradients } = module.losses['loss']?.lossAndGradients(batch, layout, {}, given) ?? {};
      expect(Object.entries(gradients ?? {}).map(([name, value]) => [name, [value].flat()].flat())).toEqual([
        ['constructor', Float32Array.of(5, 5)],
        ['toString', Float32Array.of(5)],
      ]);
    }
    expect(into.toString).toEqual(Float32Array.of(5));
  });
});
