/** The name that was probably meant. */
import { distance } from 'fastest-levenshtein';

/** The nearest candidate, if its edit distance is at most a third of the word's length. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.floor([...word].length / 3);
  for (const candidate of candidates) {
    if (candidate === word) continue;
    const far = distance(word, candidate);
    if (far < least || (far === least && best === undefined)) {
      best = candidate;
      least = far;
    }
  }
  return best;
}
