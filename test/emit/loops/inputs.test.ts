/** Inputs and parameters of modules over plain arrays: which are refused, and when they are looked at. */
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../property/batches.js';
import { randomBatch } from '../batches.js';
import { objective, programOf } from '../compiled.js';
import { arrayModule, toArrays, type ArrayTarget } from './arrays.js';

const SHAPE = { rollouts: 6, positions: 5, regular: false };

/** A module of one loss and its layout of two tokens, for a batch without what the program declares besides `logp`. */
async function small(target: ArrayTarget, text: string) {
  const module = await arrayModule(programOf(`objective o {\n  model logp : token\n${text}\n}`), target);
  const batch = { group: [0], mask: [1, 1], logp: [-1, -2] };
  return { module, batch, layout: module.prepare(batch), loss: module.losses['loss'] };
}

describe.each(['js', 'wasm'] as const)('%s', (target) => {
  test('inputs that are none, or of another size than the layout has, are refused', async () => {
    const program = objective('ppo_entropy');
    const module = await arrayModule(program, target);
    const raw = randomBatch(randomFrom(3), program.inputs, SHAPE);
    const given = toArrays(raw, program.inputs, (values) => Float32Array.from(values));
    const layout = module.prepare(given);
    const step = module.losses['loss']?.lossAndGradients;
    const wrong = [
      ['logp', undefined, 'is missing or no array'],
      ['advantage', 1, 'is missing or no array'],
      ['old_logp', new Float32Array(31), 'has 31 numbers, expected 30'],
    ] as const;
    for (const [name, value, reason] of wrong)
      expect(() => step?.({ ...given, [name]: value } as never, layout)).toThrow(`\`${name}\` ${reason}`);
    const other = module.prepare({ group: [0], mask: [1] });
    expect(() => module.losses['loss']?.loss(given, other)).toThrow('has 30 numbers, expected 1');
    expect(() => module.metrics(given, other)).toThrow('has 30 numbers, expected 1');
  });

  test('an input that a function does not read may be missing', async () => {
    const { module, batch, layout, loss } = await small(
      target,
      '  data entropy : token\n  minimize sum[token in batch](logp)\n  metric all = sum[token in batch](entropy)',
    );
    expect(loss?.lossAndGradients(batch as never, layout).loss).toBe(-3);
    expect(() => module.metrics(batch as never, layout)).toThrow('`entropy` is missing or no array');
  });

  test('a parameter is a number', async () => {
    const { batch, layout, loss } = await small(
      target,
      '  param scale in (0, 9) = 2\n  minimize scale * sum[token in batch](logp)',
    );
    const by = (params: object) => loss?.loss(batch, layout, params as never);
    expect(by({ scale: undefined })).toBe(-6);
    expect(() => by({ scale: 'three' })).toThrow('parameter `scale` is of type string, expected a number');
    expect(() => by({ scale: null })).toThrow('parameter `scale` is null, expected a number');
  });

  test('an input of the batch is a number', async () => {
    const { batch, layout, loss } = await small(
      target,
      '  data scale : batch\n  minimize scale * sum[token in batch](logp)',
    );
    expect(loss?.loss({ ...batch, scale: 2 }, layout)).toBe(-6);
    expect(() => loss?.loss({ ...batch, scale: [2] }, layout)).toThrow('`scale` is missing or no number');
  });
});
