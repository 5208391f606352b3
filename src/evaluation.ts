/** One objective on one batch, in float64: what `eval` prints. */
import { paramsOf } from './base/domain.js';
import { spread, type Ragged } from './base/ragged.js';
import type { DenseBatch, DenseValue, Problem } from './batch/dense.js';
import { flatten, toRagged, unflatten } from './batch/layout.js';
import { resolveParams } from './batch/params.js';
import { validate } from './batch/validate.js';
import { evaluate, type Values } from './ir/eval.js';
import type { Expr } from './ir/expr.js';
import { printExpr } from './ir/print.js';
import type { DerivedLoss, DerivedProgram, InputInfo } from './ir/program.js';
import { evaluatedOf, type Evaluated, type EvaluatedLoss } from './report/evaluated.js';

export type Evaluation = Evaluated;
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
 * thing wrong.
 */
export function evaluateProgram(
  program: DerivedProgram,
  raw: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, number>>,
): Outcome {
  const ready = prepare(program, raw, given);
  if ('problem' in ready) return ready;
  const { batch, notes, ragged, values } = ready;
  const { losses, metrics } = program;
  const roots = [
    ...losses.flatMap(({ loss, gradients }) => [loss, ...gradients.map(({ value }) => value)]),
    ...metrics.map(({ value }) => value),
  ];
  const results = evaluate(roots, ragged, values);
  const of = (expr: Expr): Float64Array => results[roots.indexOf(expr)] ?? new Float64Array();
  const numberOf = (expr: Expr): number => of(expr)[0] ?? NaN;
  const models = program.inputs.filter(({ role }) => role === 'model');
  const evaluatedLoss = (one: DerivedLoss): EvaluatedLoss => {
    const shown = losses.length > 1 ? models.filter(({ name }) => reaches(one, name)) : models;
    return {
      ...(one.name === undefined ? {} : { name: one.name }),
      loss: numberOf(one.loss),
      grad: Object.fromEntries(shown.map((input) => [input.name, dense(one, input)])),
    };
  };
  const dense = ({ gradients }: DerivedLoss, { name, level }: InputInfo): DenseValue => {
    const value = gradients.find(({ input }) => input === name)?.value;
    const own = value === undefined ? new Float64Array(1) : of(value);
    return unflatten(spread(own, ragged, value?.type.level ?? 'batch', level), level, batch);
  };
  const reported = Object.fromEntries(metrics.map(({ name, value }) => [name, numberOf(value)]));
  return { evaluation: evaluatedOf(program.name, losses.map(evaluatedLoss), reported), notes };
}

const reaches = ({ gradients }: DerivedLoss, name: string): boolean =>
  gradients.some(({ input }) => input === name);

/** Domains and defaults first, then the batch: the first thing that does not fit is the problem. */
function prepare(
  program: DerivedProgram,
  raw: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, number>>,
): Ready | { readonly problem: Problem } {
  const params = resolveParams(program.params, given);
  if ('problem' in params) return params;
  const checked = validate(raw, program.inputs, params.values);
  if ('problem' in checked) return checked;
  const { batch, notes } = checked;
  const values = { params: params.values, inputs: flatten(batch, program.inputs) };
  return { batch, notes, ragged: toRagged(batch), values };
}

/**
 * Whether a batch keeps the contract of an objective: shapes and domains, and each `assume` at every element of its
 * level. The first thing that does not is the problem. Parameters matter only where an assumption is stated, or a domain
 * names one.
 */
export function checkBatch(
  program: DerivedProgram,
  raw: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, number>>,
): { readonly notes: readonly string[] } | { readonly problem: Problem } {
  const needsParams = program.inputs.some(
    ({ domain }) => domain !== undefined && paramsOf(domain).length > 0,
  );
  if (program.assumptions.length === 0 && !needsParams) return validate(raw, program.inputs);
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
