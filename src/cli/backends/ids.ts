/** Ids of tags on a device: integers of 32 bits, where a batch may have larger ones. */
import { problem, type Declaration, type DenseBatch, type Problem } from '../../batch/dense.js';

const LARGEST = 2 ** 31 - 1;
const isLarge = (id: number): boolean => id < -LARGEST - 1 || id > LARGEST;

/** The first tag that has an id which generated code cannot hold; masked positions are not looked at. */
export function largeId(batch: DenseBatch, inputs: readonly Declaration[]): Problem | undefined {
  for (const { name, role } of inputs) {
    const found = role === 'tag' ? firstLarge(batch, name) : undefined;
    if (found === undefined) continue;
    const message = `\`${found.path}\` is ${found.id}, expected an id from -2^31 to 2^31 - 1 on a backend`;
    return problem(found.path, message, 'number the ids anew, or evaluate with the reference');
  }
  return undefined;
}

interface Found {
  readonly path: string;
  readonly id: number;
}

function firstLarge({ values, mask }: DenseBatch, name: string): Found | undefined {
  const value = values.get(name);
  if (value === undefined || typeof value === 'number')
    return value !== undefined && isLarge(value) ? { path: name, id: value } : undefined;
  for (const [at, entry] of value.entries()) {
    const own = typeof entry === 'number' ? [entry] : entry;
    const index = own.findIndex(
      (id, position) => isLarge(id) && (typeof entry === 'number' || mask?.[at]?.[position] === 1),
    );
    const id = own[index];
    if (id !== undefined)
      return { path: typeof entry === 'number' ? `${name}[${at}]` : `${name}[${at}][${index}]`, id };
  }
  return undefined;
}
