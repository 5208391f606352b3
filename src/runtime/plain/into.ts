/** Results in arrays that the caller has: a step then makes no large array of its own. */
import { BatchError } from '../batch-error.js';
import type { ArrayStep } from './array-step.js';
import { plainMemory, type Numbers } from './arrays.js';
import type { Memory } from './memory.js';
import { demandSize, isWhole } from './row-layout.js';

/** Arrays for gradients, by the names of their inputs; where there is none, one is made. */
export type Into = Readonly<Record<string, Numbers | undefined>>;

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
