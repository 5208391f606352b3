/**
 * Values with a number of their own, so that two are known to be equal although neither is known exactly: where a clip
 * lets its argument through, what follows from either is one and the same.
 */
import { isPoint, type Enclosure } from './enclosure.js';

export interface Numbered {
  readonly value: Enclosure;
  /** Equal only for equal values. */
  readonly id: number;
}

export interface Numbering {
  /** The value that `key` describes: computed once, since operations on the same values give the same. */
  readonly of: (key: string, compute: () => Enclosure) => Numbered;
  /** A value that is like no other, unless it is known exactly. */
  readonly fresh: (value: Enclosure) => Numbered;
}

export function numbering(): Numbering {
  const known = new Map<string, Numbered>();
  let count = 0;
  const fresh = (value: Enclosure): Numbered => {
    if (!isPoint(value)) return { value, id: (count += 1) };
    const key = `= ${value.low}`;
    const found = known.get(key) ?? { value, id: (count += 1) };
    known.set(key, found);
    return found;
  };
  const of = (key: string, compute: () => Enclosure): Numbered => {
    const found = known.get(key) ?? fresh(compute());
    known.set(key, found);
    return found;
  };
  return { of, fresh };
}
