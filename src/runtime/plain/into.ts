/** Results in arrays that the caller has: a step then makes no large array of its own. */
import { BatchError } from '../batch-error.js';
import type { InputSpec } from '../specs.js';
import { plainMemory, type Numbers } from './arrays.js';
import type { Memory } from './memory.js';
import { demandSize, isWhole, type RowLayout } from './row-layout.js';

/** Arrays for gradients, by the names of their inputs; where there is none, one is made. */
export type Into = Readonly<Record<string, Numbers | undefined>>;

/** What the results of a step are, and what they are made of. */
export interface ArrayStep {
  readonly inputs: readonly InputSpec[];
  readonly batch: object;
  readonly layout: RowLayout;
  /** The inputs whose gradients are results, in order. */
  readonly outputs: readonly string[];
  readonly into?: Into;
}

/** Throws a `BatchError` where an array is none of floats, of another size than its gradient, or part of another array. */
export function demandRoom({ inputs, batch, layout, outputs, into = {} }: ArrayStep): void {
  const given = outputs.flatMap((name) => {
    const array: unknown = into[name];
    return array === undefined ? [] : [[`into.${name}`, array] as const];
  });
  const all = [...Object.entries(batch as Readonly<Record<string, unknown>>), ...given];
  for (const spec of inputs.filter(({ name }) => outputs.includes(name))) {
    const array: unknown = into[spec.name];
    if (array === undefined) continue;
    const path = `into.${spec.name}`;
    if (!(array instanceof Float32Array || array instanceof Float64Array))
      throw new BatchError(path, `\`${path}\` is no Float32Array and no Float64Array`);
    demandSize({ ...spec, name: path }, array.length, layout);
    for (const [other, value] of all)
      if (other !== path && ArrayBuffer.isView(value) && isShared(array, value))
        throw new BatchError(path, `\`${path}\` has memory in common with \`${other}\``);
  }
}

const isShared = (a: ArrayBufferView, b: ArrayBufferView): boolean =>
  a.buffer === b.buffer &&
  a.byteOffset < b.byteOffset + b.byteLength &&
  b.byteOffset < a.byteOffset + a.byteLength;

/** New arrays, but for results that have one; results are asked for in their order. */
export function memoryInto(step: ArrayStep): Memory {
  demandRoom(step);
  const { layout, outputs, into = {} } = step;
  let asked = 0;
  return {
    ...plainMemory,
    output(like, size) {
      const array = into[outputs[asked] ?? ''];
      asked += 1;
      if (array === undefined) return plainMemory.output(like, size);
      return isWhole(layout) ? array : array.fill(0);
    },
  };
}
