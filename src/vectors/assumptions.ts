/** Batches that keep the assumptions of an objective: what breaks one is drawn again, row by row. */
import { flatten, toRagged } from '../batch/layout.js';
import { validate } from '../batch/validate.js';
import { ancestors, type Ragged } from '../base/ragged.js';
import type { Level } from '../base/level.js';
import { evaluate } from '../ir/eval.js';
import { drawInput } from './draw.js';
import { isLogProbability } from './inputs.js';
import { levelOf } from './kinks.js';
import type { Random } from './random.js';
import type { DrawnProgram } from './scene.js';
import type { Batch, Params } from './vector.js';

/** The rows whose elements break an assumption; nothing where the batch does not fit at all. */
function brokenRows(
  { inputs, assumptions }: DrawnProgram,
  params: Params,
  batch: Batch,
): ReadonlySet<number> {
  const checked = validate(batch, inputs);
  if ('problem' in checked) return new Set();
  const ragged = toRagged(checked.batch);
  const values = { params: new Map(Object.entries(params)), inputs: flatten(checked.batch, inputs) };
  const results = evaluate(assumptions, ragged, values);
  const rows = new Set<number>();
  for (const [which, assumption] of assumptions.entries()) {
    const level = levelOf(assumption);
    results[which]?.forEach((holds, element) => {
      if (holds === 1 || level === undefined) return;
      for (const row of rowsOf(ragged, level, element)) rows.add(row);
    });
  }
  return rows;
}

/** The rows that an element has to do with. */
function rowsOf(ragged: Ragged, level: Level, element: number): readonly number[] {
  if (level === 'token') return [ragged.rolloutOfToken[element] ?? 0];
  const holders = [...ancestors(ragged, 'rollout', level)];
  return holders.flatMap((holder, row) => (holder === element ? [row] : []));
}

const ROUNDS = 60;

/** The batch with data of such rows drawn again until no assumption is broken, or as often as is sensible. */
export function kept(program: DrawnProgram, params: Params, random: Random, drawn: Batch): Batch {
  if (program.assumptions.length === 0) return drawn;
  const free = program.inputs.filter((input) => input.role !== 'model' && !isLogProbability(input));
  let batch = drawn;
  for (let round = 0; round < ROUNDS; round += 1) {
    const rows = brokenRows(program, params, batch);
    if (rows.size === 0) return batch;
    const redrawn = free.map((input) => {
      const value = batch[input.name];
      const isPerRow = input.level === 'rollout' || input.level === 'token';
      if (typeof value !== 'object' || !isPerRow) return [input.name, value ?? 0] as const;
      const fresh = value.map((row, at) =>
        !rows.has(at)
          ? row
          : typeof row === 'number'
            ? drawInput(random, input)
            : row.map(() => drawInput(random, input)),
      );
      return [input.name, fresh as typeof value] as const;
    });
    batch = { ...batch, ...Object.fromEntries(redrawn) };
  }
  return batch;
}
