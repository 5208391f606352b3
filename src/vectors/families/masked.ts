/** The same batch with different things behind its mask: the results must be the same, to the last bit. */
import type { DenseValue } from '../../batch/dense.js';
import { drawBatch, entry, hasTokens } from '../draft.js';
import type { Family } from '../family.js';
import type { DrawnInput } from '../scene.js';
import { scattered } from '../shape.js';
import type { Batch } from '../vector.js';

const GARBAGE = [
  { name: 'zero', description: '0', values: [0] },
  { name: 'finite', description: 'ordinary numbers', values: [-3, 2, 7.5, -0.5] },
  { name: 'huge', description: '±1e38, which overflows in single precision', values: [1e38, -1e38] },
  { name: 'inf', description: 'infinity', values: [Infinity] },
  { name: 'minus-inf', description: 'minus infinity', values: [-Infinity] },
  { name: 'nan', description: 'NaN', values: [NaN] },
] as const;
const BASE = 'masked-zero';

/** The batch with other values behind the mask, different for each input. */
function behindMask(batch: Batch, inputs: readonly DrawnInput[], values: readonly number[]): Batch {
  const mask = batch['mask'];
  const tokens = inputs.filter(({ level }) => level === 'token');
  const replaced = tokens.map(({ name }, which) => {
    const rows = batch[name];
    if (rows === undefined || typeof rows === 'number') return [name, rows ?? 0] as const;
    const garbage = (at: number, row: number): number => values[(at + row + which) % values.length] ?? 0;
    const filled = rows.map((row, at) =>
      typeof row === 'number'
        ? row
        : row.map((one, position) => (entry(mask, position, at) === 1 ? one : garbage(position, at))),
    ) as DenseValue;
    return [name, filled] as const;
  });
  return { ...batch, ...Object.fromEntries(replaced) };
}

export const masked: Family = {
  name: 'masked',
  title: 'what stands at masked positions reaches nothing',
  drafts: (scene) =>
    hasTokens(scene.program.inputs)
      ? GARBAGE.map(({ name, description, values }) => ({
          name: `masked-${name}`,
          description: `${description} at every masked position`,
          stream: 'masked',
          ...(`masked-${name}` === BASE ? {} : { sameAs: BASE }),
          make: (random) => {
            const batch = drawBatch(scene, random, scattered(scene, random, [4, 4], 6));
            return { batch: behindMask(batch, scene.program.inputs, values) };
          },
        }))
      : { why: 'no input has a value per token, so nothing is masked' },
};
