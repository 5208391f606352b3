/**
 * Where a weight is drawn: one group of right and wrong rollouts of one token each, everything on-policy but the own
 * rollout, whose log-ratio moves. The shape is that of the REAL paper's first figure (arXiv:2602.05630).
 */
import type { Domain } from '../base/domain.js';
import { fixedDomain } from '../base/domain.js';
import type { Ragged } from '../base/ragged.js';
import { evaluate, type Values } from '../ir/eval.js';
import type { Expr } from '../ir/expr.js';
import type { DerivedProgram, InputInfo, Weight } from '../ir/program.js';

export interface SceneOptions {
  /** Rollouts of each class; four, as in the paper's figure. */
  readonly each: number;
  readonly params: ReadonlyMap<string, number>;
}

/** One own rollout of a scene. */
export interface Role {
  /** Positive where the weight is negative on-policy: descent pushes its probability up. */
  readonly sign: 'positive' | 'negative';
  readonly rollout: number;
}
export interface Scene {
  readonly roles: readonly Role[];
  /** The values of expressions at the own rollout when its log-ratio is `s`. */
  readonly at: (role: Role, s: number, exprs: readonly Expr[]) => readonly number[];
}

/** Log-probability of every token before anything moves: low enough for a log-ratio of 30 to stay one. */
const LOG_PROBABILITY = -32;

/** The scene of a weight, with the roles that it has there: a weight that is 0 on-policy has none. */
export function sceneOf(program: DerivedProgram, weight: Weight, options: SceneOptions): Scene {
  const rollouts = 2 * options.each;
  const ragged: Ragged = {
    sizes: { batch: 1, group: 1, rollout: rollouts, token: rollouts },
    groupOfRollout: new Int32Array(rollouts),
    rolloutOfToken: Int32Array.from({ length: rollouts }, (_, at) => at),
  };
  const inputs = neutralInputs(program, ragged, {
    isRight: (row) => row < options.each,
    params: options.params,
  });
  const moved = movedInputs(program);
  const at: Scene['at'] = ({ rollout }, s, exprs) => {
    const values: Values = { params: options.params, inputs: shifted(inputs, moved, rollout, s) };
    return evaluate(exprs, ragged, values).map((each, position) =>
      Number(each[elementAt(exprs[position]?.type.level, rollout)]),
    );
  };
  const signOf = (rollout: number): number =>
    Math.sign(at({ sign: 'positive', rollout }, 0, [weight.value])[0] ?? 0);
  const all = Array.from({ length: rollouts }, (_, rollout) => rollout);
  const roles = (['positive', 'negative'] as const).flatMap((sign): Role[] => {
    const rollout = all.find((one) => signOf(one) === (sign === 'positive' ? -1 : 1));
    return rollout === undefined ? [] : [{ sign, rollout }];
  });
  return { roles, at };
}

const elementAt = (level: Expr['type']['level'] | undefined, rollout: number): number =>
  level === 'batch' || level === 'group' ? 0 : rollout;

/** What moves with the own rollout: the model's outputs of its tokens, or of the rollout. */
const movedInputs = ({ inputs }: DerivedProgram): readonly string[] =>
  inputs
    .filter(({ role, level }) => role === 'model' && (level === 'token' || level === 'rollout'))
    .map(({ name }) => name);

function shifted(
  inputs: ReadonlyMap<string, Float64Array>,
  moved: readonly string[],
  rollout: number,
  s: number,
): ReadonlyMap<string, Float64Array> {
  const result = new Map(inputs);
  for (const name of moved)
    result.set(
      name,
      Float64Array.from(inputs.get(name) ?? [], (value, at) => (at === rollout ? value + s : value)),
    );
  return result;
}

export interface Neutral {
  /** Whether a rollout is one of the right ones, by its row. */
  readonly isRight: (row: number) => boolean;
  readonly params: ReadonlyMap<string, number>;
}

/**
 * A value for every element of every input: labels, rewards and advantages part the rollouts into right and wrong ones, and
 * whatever is a log-probability is that of the policy before it moved.
 */
export function neutralInputs(
  program: DerivedProgram,
  ragged: Ragged,
  neutral: Neutral,
): ReadonlyMap<string, Float64Array> {
  return new Map(program.inputs.map((input) => [input.name, valuesOf(input, ragged, neutral)]));
}

function valuesOf({ name, role, level, domain }: InputInfo, ragged: Ragged, neutral: Neutral): Float64Array {
  const rowOf = (at: number): number => (level === 'token' ? (ragged.rolloutOfToken[at] ?? 0) : at);
  const isCoarse = level === 'batch' || level === 'group';
  const isScore = role === 'model' || /logp|log_prob/.test(name);
  const [right, wrong] =
    domain === undefined
      ? isScore
        ? [LOG_PROBABILITY, LOG_PROBABILITY]
        : [1, -1]
      : ends(domain, isScore, neutral.params);
  return Float64Array.from({ length: ragged.sizes[level] }, (_, at) =>
    isCoarse || neutral.isRight(rowOf(at)) ? right : wrong,
  );
}

/** The values of a right and of a wrong rollout in a declared domain. */
function ends(
  domain: Domain,
  isScore: boolean,
  params: ReadonlyMap<string, number>,
): readonly [number, number] {
  const fixed = fixedDomain(domain, (name) => params.get(name));
  if (fixed?.kind === 'set') return [Math.max(...fixed.values), Math.min(...fixed.values)];
  const { low = -Infinity, high = Infinity } = fixed?.interval ?? {};
  const nearest = (wanted: number): number => Math.min(Math.max(wanted, inner(low, high)), inner(high, low));
  return isScore ? [nearest(LOG_PROBABILITY), nearest(LOG_PROBABILITY)] : [nearest(1), nearest(-1)];
}

/** A value just inside an end; the end itself where the other is infinite, too, and it is not. */
function inner(end: number, other: number): number {
  if (!Number.isFinite(end)) return end;
  return Number.isFinite(other) ? end + (other - end) / 8 : end + (other > end ? 1 / 8 : -1 / 8);
}
