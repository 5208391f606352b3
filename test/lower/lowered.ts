/** Text and a small batch in, numbers out: what the tests of lowering share. */
import type { Ragged } from '../../src/base/ragged.js';
import { differentiate } from '../../src/grad/differentiate.js';
import { evaluate } from '../../src/ir/eval.js';
import { TRUE, input, select } from '../../src/ir/build.js';
import type { Expr } from '../../src/ir/expr.js';
import type { Program } from '../../src/ir/program.js';
import { lower } from '../../src/lower/lower.js';
import { checked } from '../check/checked.js';

export interface Batch {
  /** The group of each rollout, from 0. */
  readonly group: readonly number[];
  /** The number of tokens of each rollout. */
  readonly lengths: readonly number[];
  readonly inputs?: Readonly<Record<string, readonly number[]>>;
  readonly params?: Readonly<Record<string, number>>;
}

export function lowered(text: string): Program {
  const { models, frames } = checked(text);
  const [model] = models;
  if (model === undefined) throw new Error(frames);
  return lower(model).program;
}

export function numbers(exprs: readonly Expr[], batch: Batch): readonly (readonly number[])[] {
  const rolloutOfToken = batch.lengths.flatMap((length, row) => Array.from({ length }, () => row));
  const ragged: Ragged = {
    sizes: {
      batch: 1,
      group: new Set(batch.group).size,
      rollout: batch.group.length,
      token: rolloutOfToken.length,
    },
    groupOfRollout: Int32Array.from(batch.group),
    rolloutOfToken: Int32Array.from(rolloutOfToken),
  };
  const inputs = Object.entries(batch.inputs ?? {}).map(
    ([name, own]) => [name, Float64Array.from(own)] as const,
  );
  const values = { params: new Map(Object.entries(batch.params ?? {})), inputs: new Map(inputs) };
  return evaluate(exprs, ragged, values).map((one) => [...one]);
}

/** The value of one let of a program. */
export function letValue(program: Program, name: string, batch: Batch): readonly number[] {
  const found = program.lets.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no let ${name}`);
  return numbers([found.value], batch)[0] ?? [];
}

/** The loss of a program that has one. */
export function onlyLoss<Loss>({ losses }: { readonly losses: readonly Loss[] }): Loss {
  const [loss] = losses;
  if (loss === undefined || losses.length > 1) throw new Error(`${losses.length} losses`);
  return loss;
}

export const lossOf = (program: Program, batch: Batch): number =>
  numbers([onlyLoss(program).loss], batch)[0]?.[0] ?? NaN;

/** The gradient of the loss with respect to the model input `logp`, repeated where it is the same for several tokens. */
export function gradientOf(program: Program, batch: Batch): readonly number[] {
  const logp = input('model', 'logp', 'token');
  const derivative = differentiate(onlyLoss(program).loss, [logp])[0];
  return derivative === undefined ? [] : (numbers([select(TRUE, derivative, logp)], batch)[0] ?? []);
}

/** The value of an expression at batch level, over inputs and params as given. */
export function valueOf(expression: string, batch: Batch, declarations: readonly string[]): number {
  const items = [
    'model logp : token',
    ...declarations,
    'minimize mean[token in batch](-logp)',
    `metric m = ${expression}`,
  ];
  const program = lowered(`objective example {\n${items.join('\n')}\n}\n`);
  const metric = program.metrics[0];
  return metric === undefined ? NaN : (numbers([metric.value], batch)[0]?.[0] ?? NaN);
}
