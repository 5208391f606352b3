/** What a step over plain arrays is called with, and its inputs as they are read. */
import { BatchError } from '../batch-error.js';
import type { InputSpec, ParamSpec } from '../specs.js';
import { demandNumbers } from '../validate.js';
import { isList } from './arrays.js';
import type { Into } from './into.js';
import { demandSize, type RowLayout } from './row-layout.js';

export interface ArrayStep {
  readonly inputs: readonly InputSpec[];
  readonly batch: object;
  readonly layout: RowLayout;
  readonly parameters: readonly ParamSpec[];
  readonly params: object;
  /** The inputs whose gradients are results, in order. */
  readonly outputs: readonly string[];
  readonly into?: Into;
}

/** The value of an input. Throws a `BatchError` where it is none, or of another size than the layout has. */
export function valueOf(spec: InputSpec, { batch, layout }: ArrayStep): ArrayLike<number> | number {
  const { name, level } = spec;
  const value = (batch as Readonly<Record<string, unknown>>)[name];
  if (level === 'batch') {
    if (typeof value === 'number') return value;
    throw new BatchError(name, `\`${name}\` is missing or no number`);
  }
  if (!isList(value)) throw new BatchError(name, `\`${name}\` is missing or no array`);
  demandSize(spec, value.length, layout);
  return value;
}

/**
 * The batch, whose members are looked at when they are read: what a function does not read may be missing. Throws a
 * `BatchError` for a parameter that is no number.
 */
export function checkedBatch(step: ArrayStep): object {
  demandNumbers(step.parameters, step.params);
  const batch = {};
  for (const spec of step.inputs)
    Object.defineProperty(batch, spec.name, {
      enumerable: true,
      configurable: true,
      get: () => valueOf(spec, step),
    });
  return batch;
}
