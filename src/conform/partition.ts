/** A batch cut into pieces of rows, the program on each piece, and the results put together again. */
import type { DenseValue } from '../batch/dense.js';
import type { Program } from '../ir/program.js';
import { isList, mapLeaves, zipLeaves } from '../vectors/tree.js';
import type { Batch, Result, Tree, Vector } from '../vectors/vector.js';
import type { Subject } from './difference.js';

/** The rows of a batch from one to another, with the groups that these have. */
export function rowsOf(batch: Batch, { inputs }: Program, from: number, to: number): Batch {
  const ids = [...(batch['group'] as readonly number[])];
  const kept = new Set(ids.slice(from, to));
  const groups = [...new Set(ids)].sort((a, b) => a - b);
  const part = (name: string, value: DenseValue): DenseValue => {
    if (typeof value === 'number') return value;
    const isPerGroup = inputs.some((input) => input.name === name && input.level === 'group');
    const rows: readonly (number | readonly number[])[] = value;
    const chosen = isPerGroup ? rows.filter((_, at) => kept.has(groups[at] ?? NaN)) : rows.slice(from, to);
    return chosen as DenseValue;
  };
  return Object.fromEntries(Object.entries(batch).map(([name, value]) => [name, part(name, value)]));
}

/** Results of pieces as one: `averaged` over pieces, `summed`, or `weighted by rollouts`. */
export function partitioned(
  { program, evaluate }: Subject,
  { batch, params }: Vector,
  size: number,
  way: 'averaged' | 'summed' | 'weighted by rollouts',
): Result | undefined {
  // Only where every model output belongs to one row can a gradient be put together from rows.
  if (program.inputs.some(({ role, level }) => role === 'model' && level !== 'rollout' && level !== 'token'))
    return undefined;
  const rows = (batch['group'] as readonly number[]).length;
  const starts = Array.from({ length: Math.ceil(rows / size) }, (_, at) => at * size);
  const pieces = starts.map((from) => {
    const result = evaluate(program, rowsOf(batch, program, from, from + size), params);
    const share = Math.min(size, rows - from) / rows;
    const factor = { averaged: 1 / starts.length, summed: 1, 'weighted by rollouts': share }[way];
    return (
      result && {
        loss: mapLeaves(result.loss, (value) => factor * value),
        grad: mapLeaves(result.grad, (value) => factor * value),
      }
    );
  });
  if (pieces.length < 2 && way !== 'summed') return pieces[0];
  return pieces.reduce(
    (all, one) =>
      all &&
      one && { loss: zipLeaves(all.loss, one.loss, (a, b) => a + b), grad: joined(all.grad, one.grad) },
  );
}

/** Gradients of rows one below the other. */
function joined(above: Tree, below: Tree): Tree {
  if (typeof above === 'number' || typeof below === 'number') return above;
  if (isList(above)) return isList(below) ? [...above, ...below] : above;
  const others: Readonly<Record<string, Tree>> = isList(below) ? {} : below;
  return Object.fromEntries(
    Object.entries(above).map(([name, one]) => [name, joined(one, others[name] ?? one)]),
  );
}
