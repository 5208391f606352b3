/**
 * A weight in the batch of a witness: what it is there as the own score moves and all else stays, and at the points that
 * break the claim. The scene of the curves is another batch, so that a witness lies on its own curve and not on theirs.
 */
import type { Ragged } from '../base/ragged.js';
import { flatten, toRagged } from '../batch/layout.js';
import { validate } from '../batch/validate.js';
import { input } from '../ir/build.js';
import { evaluate } from '../ir/eval.js';
import type { Expr } from '../ir/expr.js';
import type { DerivedProgram, Weight } from '../ir/program.js';
import type { RawBatch, Witness } from '../proof/verdict.js';
import { piecesOf, type Piece, type Point, type Range } from './curve.js';
import type { Role } from './scene.js';

export interface Trace {
  readonly sign: Role['sign'];
  readonly pieces: readonly Piece[];
  /** The witness's points. */
  readonly points: readonly Point[];
}

interface Place {
  readonly ragged: Ragged;
  readonly inputs: ReadonlyMap<string, Float64Array>;
  /** Position of the own element at the weight's level. */
  readonly own: number;
}

/** Nothing where the element is not one of the weight's, or its score does not move with the model's own outputs. */
export function traceOf(
  program: DerivedProgram,
  weight: Weight,
  witness: Witness,
  range: Range,
): Trace | undefined {
  const score = scoreOf(program, weight);
  if (score === undefined) return undefined;
  const params = new Map(Object.entries(witness.params));
  const places = witness.points.flatMap(
    ({ batch }) => placeOf(program, weight, witness, batch, params) ?? [],
  );
  const [first] = places;
  if (first === undefined) return undefined;
  const read = (place: Place, by: number): readonly [number, number] => {
    const inputs = shifted(program, place, weight, by);
    const [x, y] = evaluate([score, weight.value], place.ragged, { params, inputs });
    return [(x?.[place.own] ?? NaN) - scoreOnPolicy(place), y?.[place.own] ?? NaN];
  };
  const scoreOnPolicy = ({ ragged, inputs, own }: Place): number =>
    evaluate([score], ragged, { params, inputs: onPolicy(program, inputs) })[0]?.[own] ?? NaN;
  const [start] = read(first, 0);
  // It has to be the own score that moves, by as much as the model's outputs do. What is drawn is its distance from on-policy.
  if (!(Math.abs(read(first, 1)[0] - start - 1) < 1e-9)) return undefined;
  const weightAt = (x: number): number => read(first, x - start)[1];
  const found = places.map((place) => read(place, 0));
  const points = found.map(([x, y]): Point => ({ x, y: Math.abs(y) }));
  const sign = signOf([...found.map(([, y]) => y), weightAt(0)]);
  if (sign === undefined) return undefined;
  return { sign, pieces: piecesOf((x) => Math.abs(weightAt(x)), range), points };
}

/** Of the first that is not 0. */
function signOf(weights: readonly number[]): Role['sign'] | undefined {
  const one = weights.find((weight) => weight !== 0 && Number.isFinite(weight));
  return one === undefined ? undefined : one < 0 ? 'positive' : 'negative';
}

function scoreOf({ lets, inputs }: DerivedProgram, { score }: Weight): Expr | undefined {
  const model = inputs.find(({ name, role }) => name === score && role === 'model');
  if (model === undefined) return lets.find(({ name }) => name === score)?.value;
  return input('model', model.name, model.level);
}

/** Every policy as it was when it sampled; as it is, where that is no input. */
function onPolicy(
  { inputs: declared }: DerivedProgram,
  inputs: Place['inputs'],
): ReadonlyMap<string, Float64Array> {
  const behaviour = declared.flatMap(({ name, role }) => {
    const old = inputs.get(`old_${name}`);
    return role === 'model' && old !== undefined ? [[name, old] as const] : [];
  });
  return new Map([...inputs, ...behaviour]);
}

function placeOf(
  program: DerivedProgram,
  { level }: Weight,
  { element }: Witness,
  batch: RawBatch,
  params: ReadonlyMap<string, number>,
): Place | undefined {
  const checked = validate(batch, program.inputs, params);
  if ('problem' in checked) return undefined;
  const ragged = toRagged(checked.batch);
  const own = ownOf(level, element, ragged);
  return own === undefined ? undefined : { ragged, inputs: flatten(checked.batch, program.inputs), own };
}

function ownOf(
  level: Weight['level'],
  { rollout, token }: Witness['element'],
  { rolloutOfToken }: Ragged,
): number | undefined {
  if (level === 'rollout') return rollout;
  if (level !== 'token' || rollout === undefined || token === undefined) return undefined;
  const first = rolloutOfToken.indexOf(rollout);
  return first < 0 ? undefined : first + token;
}

/** The model's outputs of the own element, moved evenly. */
function shifted(
  { inputs: declared }: DerivedProgram,
  { ragged, inputs, own }: Place,
  weight: Weight,
  by: number,
): ReadonlyMap<string, Float64Array> {
  const moved = new Map(inputs);
  for (const { name, role, level } of declared) {
    if (role !== 'model') continue;
    const isOwn = (at: number): boolean =>
      level === weight.level ? at === own : level === 'token' && ragged.rolloutOfToken[at] === own;
    moved.set(
      name,
      (inputs.get(name) ?? new Float64Array()).map((value, at) => (isOwn(at) ? value + by : value)),
    );
  }
  return moved;
}
