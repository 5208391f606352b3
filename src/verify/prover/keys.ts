/** Parts compared by what they are, not by which object they are. */
import { keyOf } from '../../proof/key.js';
import type { Term } from '../../proof/term.js';

export function distinct(terms: readonly Term[]): readonly Term[] {
  const seen = new Map<string, Term>();
  for (const term of terms) {
    const key = keyOf(term);
    if (!seen.has(key)) seen.set(key, term);
  }
  return [...seen.values()];
}
