/** What of the given can matter to a statement: a proof that is given less is found sooner, and is the same proof. */
import type { Condition, Term } from '../../proof/term.js';
import { namesIn } from '../view/names.js';

/** The conditions that share names with the parts, or with one another, in the end with the parts. */
export function relevantTo(
  given: readonly Condition[],
  ...parts: readonly (Term | Condition)[]
): readonly Condition[] {
  const namesOf = (part: Term | Condition): readonly string[] => [...namesIn(part)];
  const reached = new Set(parts.flatMap(namesOf));
  const open = new Map(given.map((one) => [one, namesOf(one)]));
  for (let before = -1; before !== open.size;) {
    before = open.size;
    for (const [one, names] of open) {
      if (names.length > 0 && !names.some((name) => reached.has(name))) continue;
      for (const name of names) reached.add(name);
      open.delete(one);
    }
  }
  return given.filter((one) => !open.has(one));
}
