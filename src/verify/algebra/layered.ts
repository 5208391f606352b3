/** Maps that begin with what another holds, without a copy of it; what is added stays out of that other. */

export interface Layered<Key, Value> {
  readonly get: (key: Key) => Value | undefined;
  readonly set: (key: Key, value: Value) => void;
  readonly entries: () => Iterable<readonly [Key, Value]>;
  /** A map on top of this one. */
  readonly above: () => Layered<Key, Value>;
}

/** Layers that are looked through before they are put together. */
const MOST = 6;

export const layered = <Key, Value>(): Layered<Key, Value> => onTop([]);

function onTop<Key, Value>(below: readonly ReadonlyMap<Key, Value>[]): Layered<Key, Value> {
  // Most layers are never added to.
  let own: Map<Key, Value> | undefined;
  return {
    get: (key) => {
      const found = own?.get(key);
      if (found !== undefined) return found;
      for (const one of below) {
        const lower = one.get(key);
        if (lower !== undefined) return lower;
      }
      return undefined;
    },
    set: (key, value) => {
      own ??= new Map();
      own.set(key, value);
    },
    entries: () => together(own === undefined ? below : [own, ...below]),
    above: () => {
      const all = own === undefined ? below : [own, ...below];
      return onTop(all.length > MOST ? [together(all)] : all);
    },
  };
}

function together<Key, Value>(all: readonly ReadonlyMap<Key, Value>[]): ReadonlyMap<Key, Value> {
  const out = new Map<Key, Value>();
  for (const one of [...all].reverse()) for (const [key, value] of one) out.set(key, value);
  return out;
}
