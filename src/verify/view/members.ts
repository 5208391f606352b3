/** Whom a reduction runs over, seen from an element: that element itself, and sets of others. */
import { LEVELS, isFiner, parentOf, type IndexLevel, type Level } from '../../base/level.js';
import { isElementwise, type Expr } from '../../ir/expr.js';
import { operandsOf, withOperands } from '../../ir/graph.js';
import { OWN, below, elementAt, placeKey, upTo, type Place } from './place.js';
import type { Reader } from './reader.js';
import type { MemberSet } from './session.js';

/** What runs over an index set; also of a part of one. */
export interface Over {
  readonly from: IndexLevel;
  readonly to: IndexLevel;
}
export interface Members {
  /** Where the element itself is read, if the set holds it. */
  readonly own?: Place;
  readonly others: readonly Others[];
  /** An element that is not among the members, though the sets hold it. */
  readonly except?: Place;
  /** Whether what is read of another rollout is to be read at it, without its pair. */
  readonly isUnpaired: boolean;
}
export interface Others {
  readonly set: MemberSet;
  /** Where a generic member is read. */
  readonly place: Place;
  /** What runs over the members' own parts, where the set is one of whole groups or rollouts. */
  readonly inner?: Over;
}

/** Where a level's element was introduced, with all that is known below it. */
const homeOf = ({ session, own }: Reader, place: Place, level: Level): Place => {
  const prefix = elementAt(place, level);
  return prefix === OWN ? own : (session.home(prefix) ?? place);
};

/**
 * The members of an index set. Where their values may depend on what a claim varies, the set is taken apart into those that
 * share the own rollout, group and so on, so that no generic member shares them unseen.
 */
export function membersOf(reader: Reader, over: Over, reads: readonly Expr[], place: Place): Members {
  if (over.from === 'peer') return peersOf(reader, reads, place);
  const { from, to } = over;
  if (to === 'peer') throw new Error('internal: nothing reduces to pairs');
  const home = homeOf(reader, place, to);
  const isSplit = reads.some(reader.dependsOnVaried);
  const hasOwn = home.elements.has(from);
  const own = hasOwn ? { own: upTo(home, from) } : {};
  if (!isSplit) return { ...own, others: [flat(reader, from, to, home)], isUnpaired: false };
  const others: Others[] = [];
  let outer: Level = to;
  for (const level of LEVELS.filter((one) => isFiner(one, to) && !isFiner(one, from))) {
    if (!home.elements.has(level)) {
      others.push(flat(reader, from, outer, home));
      break;
    }
    others.push({
      ...flat(reader, level, parentOf(level) ?? 'batch', home),
      ...(level !== from && { inner: { from, to: level } }),
    });
    outer = level;
  }
  return { ...own, others, isUnpaired: false };
}

/** All of a set but the element that it is seen from, if it holds that. */
function flat({ session }: Reader, from: Level, to: Level, home: Place): Others {
  if (from === 'batch' || to === 'token') throw new Error('internal: no index set');
  const ownInside = home.elements.has(from);
  const parent = session.setAt(elementAt(home, to)) ?? undefined;
  const key = `${from} in ${to} ${placeKey(upTo(home, to))} but ${home.elements.get(from) ?? 'none'}`;
  const set = session.setOf(key, (prefix) => ({
    from,
    to,
    place: below(home, to, from, prefix),
    ownInside,
    mayHoldOwn: parent?.mayHoldOwn ?? false,
    ...(parent !== undefined && { parent }),
  }));
  return { set, place: set.place };
}

function peersOf(reader: Reader, reads: readonly Expr[], place: Place): Members {
  const rollout = elementAt(place, 'rollout');
  const home = homeOf(reader, place, 'group');
  const seenFrom = home.elements.get('rollout');
  const unpaired = reads.map(atOther);
  const isUnpaired = unpaired.every((one) => one !== undefined);
  if (rollout === seenFrom) {
    const siblings = flat(reader, 'rollout', 'group', home);
    const pair: Place = { ...upTo(place, 'rollout'), other: siblings.set.prefix };
    return { others: [{ ...siblings, place: isUnpaired ? siblings.place : pair }], isUnpaired };
  }
  if (isUnpaired) {
    const own = seenFrom === undefined ? {} : { own: upTo(home, 'rollout') };
    return {
      ...own,
      others: [flat(reader, 'rollout', 'group', home)],
      except: upTo(place, 'rollout'),
      isUnpaired: true,
    };
  }
  const parent = reader.session.setAt(rollout);
  const set = reader.session.setOf(`peers of ${placeKey(upTo(place, 'rollout'))}`, (prefix) => ({
    from: 'peer',
    to: 'rollout',
    place: below(place, 'group', 'rollout', prefix),
    ownInside: false,
    mayHoldOwn: true,
    ...(parent !== undefined && { parent }),
  }));
  return {
    others: [{ set, place: { ...upTo(place, 'rollout'), other: set.prefix } }],
    isUnpaired: false,
  };
}

/**
 * A value at a pair as one at the other rollout alone, with the exchange dropped; nothing where it reads the first rollout
 * too.
 */
export function atOther(expr: Expr): Expr | undefined {
  if (expr.op === 'swap') return expr.x.type.level === 'rollout' ? expr.x : undefined;
  if (isFiner('rollout', expr.type.level)) return expr;
  if (!isElementwise(expr)) return undefined;
  const operands = operandsOf(expr).map(atOther);
  const known = operands.filter((one) => one !== undefined);
  return known.length === operands.length ? withOperands(expr, known) : undefined;
}

export interface Read {
  readonly x: Expr;
  readonly where: Expr | undefined;
}
/** What is read of a member: as it is written, or at the other rollout alone. */
export const readersOf = ({ isUnpaired }: Members, x: Expr, where: Expr | undefined): Read =>
  isUnpaired
    ? { x: atOther(x) ?? x, where: where === undefined ? undefined : (atOther(where) ?? where) }
    : { x, where };
