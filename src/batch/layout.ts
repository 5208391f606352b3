/** Between the dense batch of the boundary and the ragged index sets inside: masked positions end here. */
import type { Level } from '../base/level.js';
import type { Ragged } from '../base/ragged.js';
import type { Declaration, DenseBatch, DenseValue } from './dense.js';

/** The index sets of a batch that `validate` has passed. Without a mask there are no tokens. */
export function toRagged(batch: DenseBatch): Ragged {
  const ids = [...new Set(batch.group)].sort((a, b) => a - b);
  const place = new Map(ids.map((id, at) => [id, at]));
  const rows = (batch.mask ?? []).flatMap((row, at) => row.filter((one) => one !== 0).map(() => at));
  return {
    sizes: { batch: 1, group: ids.length, rollout: batch.group.length, token: rows.length },
    groupOfRollout: Int32Array.from(batch.group, (id) => place.get(id) ?? 0),
    rolloutOfToken: Int32Array.from(rows),
  };
}

/** A dense value in element order. Values of another shape than their level's are read as far as they go. */
function elements(value: DenseValue, level: Level, mask: DenseBatch['mask']): Float64Array {
  if (typeof value === 'number') return Float64Array.of(value);
  const flat: number[] = [];
  for (const [row, entry] of value.entries()) {
    if (typeof entry === 'number') flat.push(entry);
    else
      for (const [at, one] of entry.entries()) {
        if (level !== 'token' || mask?.[row]?.[at] === 1) flat.push(one);
      }
  }
  return Float64Array.from(flat);
}

/**
 * The values of the declared inputs, each in element order: one for `batch`, groups in ascending order of id, rollouts
 * by row, tokens by row and then position with masked positions skipped. An input that the batch lacks is left out.
 */
export function flatten(batch: DenseBatch, declarations: readonly Declaration[]): Map<string, Float64Array> {
  const flat = new Map<string, Float64Array>();
  for (const { name, level } of declarations) {
    const value = batch.values.get(name);
    if (value !== undefined) flat.set(name, elements(value, level, batch.mask));
  }
  return flat;
}

/**
 * The dense shape of a value in element order: a number for `batch`, [P] for `group`, [B] for `rollout`, [B][T] for
 * `token` with 0 at masked positions. Used for gradients and weights.
 */
export function unflatten(values: ArrayLike<number>, level: Level, batch: DenseBatch): DenseValue {
  if (level === 'batch') return values[0] ?? 0;
  if (level !== 'token') return Array.from(values);
  let at = 0;
  return (batch.mask ?? batch.group.map((): readonly number[] => [])).map((row) =>
    row.map((one) => (one === 0 ? 0 : (values[at++] ?? 0))),
  );
}
