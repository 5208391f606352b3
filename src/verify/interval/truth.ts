/** Conditions as enclosures: 1, 0, or somewhere between, which is either. */
import { between, isAtMost, isBelow, isNothing, isSame, point, type Enclosure } from './enclosure.js';

export const TRUE: Enclosure = point(1);
export const FALSE: Enclosure = point(0);
export const EITHER: Enclosure = between(0, 1);

export const truthOf = ({ low, high }: Enclosure): boolean | undefined =>
  low >= 1 ? true : high <= 0 ? false : undefined;
const ofTruth = (truth: boolean | undefined): Enclosure =>
  truth === undefined ? EITHER : truth ? TRUE : FALSE;
export const complement = (x: Enclosure): Enclosure => ({ ...x, low: 1 - x.high, high: 1 - x.low });

type Comparison = (x: Enclosure, y: Enclosure) => Enclosure;
/** Of numbers: what has none compares either way. */
const comparison =
  (decide: (x: Enclosure, y: Enclosure) => boolean | undefined): Comparison =>
  (x, y) =>
    isNothing(x) || isNothing(y) ? EITHER : ofTruth(decide(x, y));

export const lessThan = comparison((x, y) => (isBelow(x, y) ? true : isAtMost(y, x) ? false : undefined));
export const atMost = comparison((x, y) => (isAtMost(x, y) ? true : isBelow(y, x) ? false : undefined));
export const equal = comparison((x, y) =>
  isSame(x, y) ? true : isBelow(x, y) || isBelow(y, x) ? false : undefined,
);
