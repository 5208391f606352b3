/** Small batches that witnesses are looked for in: which rollout is in which group, how long each is, and where every number stands. */
import { ancestors, type Ragged } from '../../base/ragged.js';
import type { IndexLevel, Level } from '../../base/level.js';
import type { DenseValue } from '../../batch/dense.js';
import { unflatten } from '../../batch/layout.js';
import type { Input } from '../../ir/expr.js';
import type { DerivedProgram } from '../../ir/program.js';
import type { RawBatch } from '../../proof/verdict.js';

/** For each group, the length of each of its rollouts. */
export type Shape = readonly (readonly number[])[];

/** One number of a batch, or of its parameters. */
export interface Slot {
  readonly name: string;
  readonly role: Input['role'];
  readonly level: Level;
  readonly element: number;
}

export interface Scene {
  readonly shape: Shape;
  readonly ragged: Ragged;
  /** Parameters in order of declaration, then inputs, each in element order. */
  readonly slots: readonly Slot[];
  /** Where the first number of a name stands. */
  readonly startOf: ReadonlyMap<string, number>;
  /** For each element of `from`, the element of the coarser level `to` that holds it. */
  readonly holders: (from: IndexLevel, to: IndexLevel) => Int32Array;
}

function raggedOf(shape: Shape): Ragged {
  const rows = shape.flatMap((lengths, group) => lengths.map((length) => ({ length, group })));
  const tokens = rows.flatMap(({ length }, row) => new Array<number>(length).fill(row));
  return {
    sizes: { batch: 1, group: shape.length, rollout: rows.length, token: tokens.length },
    groupOfRollout: Int32Array.from(rows, ({ group }) => group),
    rolloutOfToken: Int32Array.from(tokens),
  };
}

export function sceneOf({ params, inputs }: DerivedProgram, shape: Shape): Scene {
  const ragged = raggedOf(shape);
  const slots: Slot[] = params.map(({ name }) => ({ name, role: 'param', level: 'batch', element: 0 }));
  for (const { name, role, level } of inputs)
    for (let element = 0; element < ragged.sizes[level]; element += 1)
      slots.push({ name, role, level, element });
  const startOf = new Map<string, number>();
  slots.forEach(({ name }, at) => {
    if (!startOf.has(name)) startOf.set(name, at);
  });
  const known = new Map<string, Int32Array>();
  const holders = (from: IndexLevel, to: IndexLevel): Int32Array => {
    const key = `${from} ${to}`;
    const found = known.get(key) ?? ancestors(ragged, from, to);
    known.set(key, found);
    return found;
  };
  return { shape, ragged, slots, startOf, holders };
}

export const paramsIn = (scene: Scene, values: Float64Array): Readonly<Record<string, number>> =>
  Object.fromEntries(
    scene.slots.flatMap(({ name, role }, at) => (role === 'param' ? [[name, values[at] ?? NaN]] : [])),
  );

/** The batch as it crosses the boundary, with as much of a mask as the objective needs. */
export function batchIn(program: DerivedProgram, scene: Scene, values: Float64Array): RawBatch {
  const { ragged, startOf } = scene;
  const { groupOfRollout, rolloutOfToken, sizes } = ragged;
  const lengths = Array.from(groupOfRollout, (_, row) => rolloutOfToken.filter((one) => one === row).length);
  const width = Math.max(...lengths);
  const mask = lengths.map((length) => Array.from({ length: width }, (_, at) => (at < length ? 1 : 0)));
  const group = [...groupOfRollout];
  const member = (name: string, level: Level): DenseValue => {
    const start = startOf.get(name) ?? 0;
    return unflatten(values.subarray(start, start + sizes[level]), level, { group, mask, values: new Map() });
  };
  return {
    group,
    ...(program.inputs.some(({ level }) => level === 'token') ? { mask } : {}),
    ...Object.fromEntries(program.inputs.map(({ name, level }) => [name, member(name, level)])),
  };
}

const SHAPES: readonly Shape[] = [
  [[1]],
  [[1, 1]],
  [[2]],
  [[1, 1, 1]],
  [[2, 1]],
  [[1], [1]],
  [
    [1, 1],
    [1, 1],
  ],
  [[3]],
  [[2, 2]],
  [[1, 1, 1, 1]],
  [[3, 2, 1], [2]],
];

/** Shapes from the smallest on; lengths make no difference where nothing has a value per token. */
export function shapesFor(program: DerivedProgram): readonly Shape[] {
  if (program.inputs.some(({ level }) => level === 'token')) return SHAPES;
  return SHAPES.filter((shape) => shape.every((lengths) => lengths.every((length) => length === 1)));
}

/** The elements of a level that stand for all: the first one and the last one of the first group. */
export function representatives({ ragged, holders }: Scene, level: Level): readonly number[] {
  const inFirst = [...holders(level, level === 'batch' ? 'batch' : 'group')].filter(
    (one) => one === 0,
  ).length;
  return inFirst > 1 ? [0, inFirst - 1] : ragged.sizes[level] > 0 ? [0] : [];
}
