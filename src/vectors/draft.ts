/** A batch of a shape: every input drawn, the references at a distance from the model that they belong to. */
import { inDomain } from '../base/domain.js';
import type { DenseValue } from '../batch/dense.js';
import type { DrawnInput, Scene } from './scene.js';
import { kept } from './assumptions.js';
import { drawInput, onGrid } from './draw.js';
import { isLogProbability, modelFor, referencesIn } from './inputs.js';
import type { Random } from './random.js';
import type { Shape } from './shape.js';
import type { Batch } from './vector.js';

export interface Drawing {
  /** How far old policies are from the model, as a standard deviation of log-ratios; 0 for none at all. */
  readonly distance?: number;
  /** What stands at masked positions: 0, or a value like any other. */
  readonly padding?: 'zero' | 'drawn';
}

/** Whether anything of the objective has a value per token. */
export const hasTokens = (inputs: readonly DrawnInput[]): boolean =>
  inputs.some(({ level }) => level === 'token');

/** A batch for the scene's objective, which keeps its assumptions if a few more draws can make it. */
export const drawBatch = (scene: Scene, random: Random, shape: Shape, drawing: Drawing = {}): Batch =>
  kept(scene.program, scene.params, random, drawn(scene.program.inputs, random, shape, drawing));

function drawn(
  inputs: readonly DrawnInput[],
  random: Random,
  { group, mask }: Shape,
  { distance = 0.2, padding = 'zero' }: Drawing,
): Batch {
  const groups = new Set(group).size;
  const values = new Map<string, DenseValue>();
  const references = referencesIn(inputs);
  const fill = (input: DrawnInput, draw: (at: number, row?: number) => number): DenseValue => {
    if (input.level === 'batch') return draw(0);
    const count = input.level === 'group' ? groups : group.length;
    if (input.level !== 'token') return Array.from({ length: count }, (_, at) => draw(at));
    return mask.map((row, at) =>
      row.map((one, position) => (one === 1 || padding === 'drawn' ? draw(position, at) : 0)),
    );
  };
  for (const input of inputs.filter((one) => !references.includes(one)))
    values.set(
      input.name,
      fill(input, () => drawInput(random, input)),
    );
  for (const input of references) {
    const model = values.get(modelFor(input, inputs)?.name ?? '');
    values.set(
      input.name,
      fill(input, (at, row) => beside(random, input, entry(model, at, row), distance)),
    );
  }
  const members = inputs.map(({ name }) => [name, values.get(name) ?? 0] as const);
  return { group, ...(hasTokens(inputs) ? { mask } : {}), ...Object.fromEntries(members) };
}

/** One number of a dense value. */
export function entry(value: DenseValue | undefined, at: number, row?: number): number {
  if (value === undefined || typeof value === 'number') return value ?? 0;
  const first = value[row ?? at];
  return typeof first === 'number' ? first : (first?.[at] ?? 0);
}

/** A log-probability near the model's, inside the domain and at most 0. */
function beside(random: Random, input: DrawnInput, model: number, distance: number): number {
  if (distance === 0) return model;
  const near = onGrid(model + random.near(distance));
  const value = isLogProbability(input) ? Math.min(near, 0) : near;
  return input.domain === undefined || inDomain(input.domain, value) ? value : drawInput(random, input);
}

/** The same batch with some inputs mapped, entry by entry; masked entries stay as they are. */
export function mapped(
  batch: Batch,
  names: readonly string[],
  change: (value: number, at: number, row: number, name: string) => number,
): Batch {
  const mask = batch['mask'];
  const one = (name: string, value: DenseValue): DenseValue => {
    if (typeof value === 'number') return change(value, 0, 0, name);
    return value.map((row, at) =>
      typeof row === 'number'
        ? change(row, at, at, name)
        : row.map((cell, position) =>
            entry(mask, position, at) === 1 ? change(cell, position, at, name) : cell,
          ),
    ) as DenseValue;
  };
  return Object.fromEntries(
    Object.entries(batch).map(([name, value]) => [name, names.includes(name) ? one(name, value) : value]),
  );
}
