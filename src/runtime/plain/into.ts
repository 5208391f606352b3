/** Results in arrays that the caller has: a step then makes no large array of its own. */
import { BatchError } from '../batch-error.js';
import type { InputSpec, ParamSpec } from '../specs.js';
import { demandNumbers } from '../validate.js';
import { isList, plainMemory, type Numbers } from './arrays.js';
import type { Memory } from './memory.js';
import { demandSize, isWhole, type RowLayout } from './row-layout.js';

/** Arrays for gradients, by the names of their inputs; where there is none, one is made. */
export type Into = Readonly<Record<string, Numbers | undefined>>;

/** What the results of a step are, and what they are made of. */
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

/**
 * The arrays that are given, by name. Throws a `BatchError` where one is for no gradient, holds no floats, has another size
 * than its gradient, or shares memory with another array.
 */
export function arraysInto(step: ArrayStep): ReadonlyMap<string, Numbers> {
  const { inputs, batch, layout, outputs } = step;
  const into: unknown = step.into;
  if (into === undefined) return new Map();
  if (typeof into !== 'object' || into === null)
    throw new BatchError('into', `\`into\` is ${String(into)}, expected an object of arrays`);
  const found = new Map<string, Numbers>();
  // What every object inherits is nothing that was given.
  for (const [name, array] of Object.entries(into) as [string, unknown][]) {
    const path = `into.${name}`;
    const spec = inputs.find((one) => one.name === name);
    if (spec === undefined || !outputs.includes(name))
      throw new BatchError(
        path,
        `\`${path}\` is no gradient here, expected one of ${outputs.map((one) => `\`${one}\``).join(', ')}`,
      );
    if (array === undefined) continue;
    if (!(array instanceof Float32Array || array instanceof Float64Array))
      throw new BatchError(path, `\`${path}\` is no Float32Array and no Float64Array`);
    demandSize({ ...spec, name: path }, array.length, layout);
    found.set(name, array);
  }
  const given = [...found].map(([name, array]) => [`into.${name}`, array] as const);
  const all = [...Object.entries(batch as Readonly<Record<string, unknown>>), ...given];
  for (const [path, array] of given)
    for (const [other, value] of all)
      if (other !== path && ArrayBuffer.isView(value) && isShared(array, value))
        throw new BatchError(path, `\`${path}\` has memory in common with \`${other}\``);
  return found;
}

const isShared = (a: ArrayBufferView, b: ArrayBufferView): boolean =>
  a.buffer === b.buffer &&
  a.byteOffset < b.byteOffset + b.byteLength &&
  b.byteOffset < a.byteOffset + a.byteLength;

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

/** New arrays, but for results that have one; results are asked for in their order. */
export function memoryInto(step: ArrayStep): Memory {
  const { layout, outputs } = step;
  const into = arraysInto(step);
  let asked = 0;
  return {
    ...plainMemory,
    output(like, size) {
      const array = into.get(outputs[asked] ?? '');
      asked += 1;
      if (array === undefined) return plainMemory.output(like, size);
      return isWhole(layout) ? array : array.fill(0);
    },
  };
}
