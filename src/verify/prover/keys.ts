/** Parts compared by what they are, not by which object they are. */
import type { Term } from '../../proof/term.js';

const keys = new WeakMap<object, string>();
export function keyOf(part: object): string {
  const known = keys.get(part);
  if (known !== undefined) return known;
  const key = JSON.stringify(part, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  keys.set(part, key);
  return key;
}

export function distinct(terms: readonly Term[]): readonly Term[] {
  const seen = new Map<string, Term>();
  for (const term of terms) {
    const key = keyOf(term);
    if (!seen.has(key)) seen.set(key, term);
  }
  return [...seen.values()];
}
