/** Where an expression is read: at the claim's own elements, or at a generic member of an index set. */
import { LEVELS, isFiner, type Level } from '../../base/level.js';

/** Prefix of the names of what is read at an element; the own one has none. */
export type Prefix = string;
export const OWN: Prefix = '';

/** One element of each level down to a finest, each holding the next. */
export interface Place {
  readonly elements: ReadonlyMap<Level, Prefix>;
  /** The other rollout of a pair. */
  readonly other?: Prefix;
}

export const ownPlace = (finest: Level): Place => ({
  elements: new Map(LEVELS.filter((level) => !isFiner(level, finest)).map((level) => [level, OWN])),
});

/** The elements of a place down to a level. */
export const upTo = ({ elements }: Place, level: Level): Place => ({
  elements: new Map([...elements].filter(([one]) => !isFiner(one, level))),
});

/** A place at `outer` and, below it, at elements of one prefix down to `level`. */
export const below = (place: Place, outer: Level, level: Level, prefix: Prefix): Place => ({
  elements: new Map([
    ...upTo(place, outer).elements,
    ...LEVELS.filter((one) => isFiner(one, outer) && !isFiner(one, level)).map(
      (one) => [one, prefix] as const,
    ),
  ]),
});

export function elementAt({ elements }: Place, level: Level): Prefix {
  const prefix = elements.get(level);
  if (prefix === undefined) throw new Error(`internal: no ${level} where a value per ${level} is read`);
  return prefix;
}

export const placeKey = ({ elements, other }: Place): string =>
  [...elements.values(), ...(other === undefined ? [] : ['with', other])].join('|');
