/** Where a value is read: at the claim's own elements, or at a generic member of an index set. */
import { LEVELS, isFiner, type IndexLevel, type Level } from '../../base/level.js';
import { reject } from '../rejection.js';

/** What the names of what is read at an element begin with; nothing at the own ones. */
export type Prefix = string;
export const OWN: Prefix = '';

export interface Place {
  /** One element of each level down to a finest, each holding the next. */
  readonly elements: ReadonlyMap<Level, Prefix>;
  /** The other rollout of a pair. */
  readonly other?: Prefix;
}

export const ownPlace = (finest: Level): Place => ({
  elements: new Map(LEVELS.filter((level) => !isFiner(level, finest)).map((level) => [level, OWN])),
});
export const upTo = ({ elements }: Place, level: Level): Place => ({
  elements: new Map([...elements].filter(([one]) => !isFiner(one, level))),
});
/** The place as far as `outer`, and below it elements of one prefix down to `level`. */
export const below = (place: Place, outer: Level, level: Level, prefix: Prefix): Place => ({
  elements: new Map([
    ...upTo(place, outer).elements,
    ...LEVELS.filter((one) => isFiner(one, outer) && !isFiner(one, level)).map(
      (one) => [one, prefix] as const,
    ),
  ]),
});
export const elementAt = ({ elements }: Place, level: IndexLevel): Prefix =>
  (level === 'peer' ? undefined : elements.get(level)) ??
  reject('claim', `a value per ${level} is read where there is none`);

/** The same two rollouts, seen from the other one. */
export function exchanged(place: Place): Place {
  const other = place.other ?? reject('claim', 'a value is read at the other rollout where there is none');
  const elements = new Map(place.elements);
  elements.set('rollout', other);
  elements.delete('token');
  return { elements, other: elementAt(place, 'rollout') };
}
export const keyOf = ({ elements, other }: Place): string =>
  [...elements.values(), ...(other === undefined ? [] : ['&', other])].join('|');
/** The prefix of the finest element. */
export const deepest = ({ elements, other }: Place): Prefix => other ?? [...elements.values()].at(-1) ?? OWN;
