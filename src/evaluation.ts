/** One objective on one batch, in float64: what `eval` prints. */
import { spread, type Ragged } from './base/ragged.js';
import type { DenseBatch, DenseValue, Problem } from './batch/dense.js';
import { flatten, toRagged, unflatten } from './batch/layout.js';
import { resolveParams } from './batch/params.js';
import { validate } from './batch/validate.js';
import { evaluate, type Rounding, type Values } from './ir/eval.js';
import { printExpr } from './ir/print.js';
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
interface Ready {
  readonly batch: DenseBatch;
  readonly notes: readonly string[];
  readonly ragged: Ragged;
  readonly values: Values;
}
export type Outcome =
  { readonly evaluation: Evaluation; readonly notes: readonly string[] } | { readonly problem: Problem };

/**
 * Evaluates the reference on a batch as `batch/json` reads it (an object; see the language's §9), with parameters by
 * name; missing ones take their defaults. A batch or a parameter that does not fit is a problem that names the first
 * thing wrong. `rounding` imitates a coarser arithmetic.
 */
export function evaluateProgram(
  program: DerivedProgram,
  raw: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, number>>,
  rounding?: Rounding,
): Outcome {
  const ready = prepare(program, raw, given);
  if ('problem' in ready) return ready;
  const { batch, notes, ragged, values } = ready;
  const roots = [
    program.loss,
    ...program.gradients.map(({ value }) => value),
    ...program.metrics.map(({ value }) => value),
  ];
  const results = evaluate(roots, ragged, values, rounding);
  const at = (index: number): Float64Array => results[index] ?? new Float64Array();
  const models = program.inputs.filter(({ role }) => role === 'model');
  const gradients = models.map(({ name, level }) => {
    const which = program.gradients.findIndex(({ input }) => input === name);
    const own = which < 0 ? new Float64Array(1) : at(1 + which);
    const from = program.gradients[which]?.value.type.level ?? 'batch';
    return [name, unflatten(spread(own, ragged, from, level), level, batch)] as const;
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

/** Domains and defaults first, then the batch: the first thing that does not fit is the problem. */
function prepare(
  program: DerivedProgram,
  raw: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, number>>,
): Ready | { readonly problem: Problem } {
  const params = resolveParams(program.params, given);
  if ('problem' in params) return params;
  const checked = validate(raw, program.inputs);
  if ('problem' in checked) return checked;
  const { batch, notes } = checked;
  const values = { params: params.values, inputs: flatten(batch, program.inputs) };
  return { batch, notes, ragged: toRagged(batch), values };
}

/**
 * Whether a batch keeps the contract of an objective: shapes and domains, and each `assume` at every element of its
 * level. The first thing that does not is the problem. Parameters matter only where an assumption is stated.
 */
export function checkBatch(
  program: DerivedProgram,
  raw: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, number>>,
): { readonly notes: readonly string[] } | { readonly problem: Problem } {
  if (program.assumptions.length === 0) return validate(raw, program.inputs);
  const ready = prepare(program, raw, given);
  if ('problem' in ready) return ready;
  const { notes, ragged, values } = ready;
  const results = evaluate(program.assumptions, ragged, values);
  for (const [which, assumption] of program.assumptions.entries()) {
    const at = results[which]?.findIndex((holds) => holds !== 1) ?? -1;
    if (at < 0) continue;
    const { level } = assumption.type;
    const place = level === 'batch' ? '' : ` at ${level} ${at}`;
    const text = printExpr(assumption, true);
    return { problem: { message: `the batch breaks \`assume ${text}\`${place}`, path: `assume ${text}` } };
  }
  return { notes };
}
