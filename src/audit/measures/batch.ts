/** The batch that measurements are made on: one group of right and wrong rollouts of given lengths, on-policy but for some. */
import type { Ragged } from '../../base/ragged.js';
import { evaluate, type Rounding } from '../../ir/eval.js';
import type { Expr } from '../../ir/expr.js';
import type { DerivedProgram } from '../../ir/program.js';
import { neutralInputs } from '../../plot/scene.js';

export interface Measured {
  readonly lengths: readonly number[];
  /** Right ones first. */
  readonly right: number;
  readonly params: ReadonlyMap<string, number>;
  /** Added to the model's outputs of one rollout. */
  readonly moved?: { readonly row: number; readonly by: number };
  readonly rounding?: Rounding;
}

/** The values of expressions, and the ragged layout that they are in. */
export function measure(
  program: DerivedProgram,
  exprs: readonly Expr[],
  { lengths, right, params, moved, rounding }: Measured,
): { readonly values: readonly Float64Array[]; readonly ragged: Ragged } {
  const rolloutOfToken = Int32Array.from(lengths.flatMap((length, row) => Array.from({ length }, () => row)));
  const ragged: Ragged = {
    sizes: { batch: 1, group: 1, rollout: lengths.length, token: rolloutOfToken.length },
    groupOfRollout: new Int32Array(lengths.length),
    rolloutOfToken,
  };
  const inputs = new Map(neutralInputs(program, ragged, { isRight: (row) => row < right, params }));
  for (const { name, role, level } of program.inputs) {
    if (role !== 'model' || moved === undefined) continue;
    const rowOf = (at: number): number =>
      level === 'token' ? (rolloutOfToken[at] ?? -1) : level === 'rollout' ? at : -1;
    const own = inputs.get(name) ?? new Float64Array();
    inputs.set(
      name,
      own.map((value, at) => (rowOf(at) === moved.row ? value + moved.by : value)),
    );
  }
  return { values: evaluate(exprs, ragged, { params, inputs }, rounding), ragged };
}

/** The parameters' defaults, or a value of their domain. */
export const usualParams = ({ params }: DerivedProgram): ReadonlyMap<string, number> | undefined => {
  const values = params.map(({ name, default: value }) => [name, value] as const);
  const known = values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return known.length === values.length ? new Map(known) : undefined;
};
