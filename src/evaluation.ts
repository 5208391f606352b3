/** One objective on one batch, in float64: what `eval` prints. */
import { spread } from './base/ragged.js';
import type { DenseValue, Problem } from './batch/dense.js';
import { flatten, toRagged, unflatten } from './batch/layout.js';
import { resolveParams } from './batch/params.js';
import { validate } from './batch/validate.js';
import { evaluate } from './ir/eval.js';
import type { DerivedProgram } from './ir/program.js';

export interface Evaluation {
  /** The objective's name. */
  readonly objective: string;
  /** What is minimised. */
  readonly loss: number;
  /** One entry per `model` input, dense in that input's own shape; 0 at masked positions. */
  readonly grad: Readonly<Record<string, DenseValue>>;
  readonly metrics: Readonly<Record<string, number>>;
}
export type Outcome =
  { readonly evaluation: Evaluation; readonly notes: readonly string[] } | { readonly problem: Problem };

/**
 * Evaluates the reference on a batch as `batch/json` reads it (an object; see the language's §9), with parameters by
 * name; missing ones take their defaults. A batch or a parameter that does not fit is a problem that names the first
 * thing wrong.
 */
export function evaluateProgram(
  program: DerivedProgram,
  raw: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, number>>,
): Outcome {
  const params = resolveParams(program.params, given);
  if ('problem' in params) return params;
  const checked = validate(raw, program.inputs);
  if ('problem' in checked) return checked;
  const { batch, notes } = checked;
  const ragged = toRagged(batch);
  const values = { params: params.values, inputs: flatten(batch, program.inputs) };
  const roots = [
    program.loss,
    ...program.gradients.map(({ value }) => value),
    ...program.metrics.map(({ value }) => value),
  ];
  const results = evaluate(roots, ragged, values);
  const at = (index: number): Float64Array => results[index] ?? new Float64Array();
  const levelOf = (name: string): 'batch' | 'group' | 'rollout' | 'token' =>
    program.inputs.find((one) => one.name === name)?.level ?? 'token';
  const gradients = program.gradients.map(({ input, value }, which) => {
    const level = levelOf(input);
    return [input, unflatten(spread(at(1 + which), ragged, value.type.level, level), level, batch)] as const;
  });
  const metrics = program.metrics.map(
    ({ name }, which) => [name, at(1 + program.gradients.length + which)[0] ?? NaN] as const,
  );
  return {
    evaluation: {
      objective: program.name,
      loss: at(0)[0] ?? NaN,
      grad: Object.fromEntries(gradients),
      metrics: Object.fromEntries(metrics),
    },
    notes,
  };
}
