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

  test('inputs that are none, or of another size than the layout has, are refused', async () => {
    const { given, layout, lossAndGradients } = await started(target);
    const wrong = [
      ['logp', undefined, 'is missing or no array'],
      ['advantage', 1, 'is missing or no array'],
      ['old_logp', new Float32Array(31), 'has 31 numbers, expected 30'],
    ] as const;
    for (const [name, value, reason] of wrong)
      expect(() => lossAndGradients({ ...given, [name]: value } as never, layout)).toThrow(
        `\`${name}\` ${reason}`,
      );
    const module = await arrayModule(program, target);
    const other = module.prepare({ group: [0], mask: [1] });
    expect(() => module.losses['loss']?.loss(given, other)).toThrow('has 30 numbers, expected 1');
    expect(() => module.metrics(given, other)).toThrow('has 30 numbers, expected 1');
  });

  test('an input that a function does not read may be missing', async () => {
    const beside = programOf(
      'objective o {\n  model logp : token\n  data entropy : token\n  minimize sum[token in batch](logp)\n  metric all = sum[token in batch](entropy)\n}',
    );
    const module = await arrayModule(beside, target);
    const batch = { group: [0], mask: [1, 1], logp: [-1, -2] };
    const layout = module.prepare(batch);
    expect(module.losses['loss']?.lossAndGradients(batch as never, layout).loss).toBe(-3);
    expect(() => module.metrics(batch as never, layout)).toThrow('`entropy` is missing or no array');
  });

  test('a parameter is a number', async () => {
    const scaled = programOf(
      'objective o {\n  param scale in (0, 9) = 2\n  model logp : token\n  minimize scale * sum[token in batch](logp)\n}',
    );
    const module = await arrayModule(scaled, target);
    const batch = { group: [0], mask: [1, 1], logp: [-1, -2] };
    const layout = module.prepare(batch);
    const loss = (params: object) => module.losses['loss']?.loss(batch, layout, params as never);
    expect(loss({ scale: undefined })).toBe(-6);
    expect(() => loss({ scale: 'three' })).toThrow('parameter `scale` is of type string, expected a number');
    expect(() => loss({ scale: null })).toThrow('parameter `scale` is null, expected a number');
  });

  test('an input of the batch is a number', async () => {
    const scaled = programOf(
      'objective o {\n  data scale : batch\n  model logp : token\n  minimize scale * sum[token in batch](logp)\n}',
    );
    const module = await arrayModule(scaled, target);
    const batch = { group: [0], mask: [1, 1], logp: [-1, -2], scale: 2 };
    const layout = module.prepare(batch);
    expect(module.losses['loss']?.loss(batch, layout)).toBe(-6);
    expect(() => module.losses['loss']?.loss({ ...batch, scale: [2] }, layout)).toThrow(
      '`scale` is missing or no number',
    );
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
