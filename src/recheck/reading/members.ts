/**
 * Whom a reduction runs over (§3.3): the element that it is seen from, and sets of others. Where what is read depends on what a
 * claim varies, the others are taken apart into those of the own rollout, of the own group and so on, so that no generic
 * member shares an element with the own one unseen.
 */
import { LEVELS, isFiner, parentOf, type IndexLevel, type Level } from '../../base/level.js';
import { reject } from '../rejection.js';
import { OWN, below, elementAt, keyOf, upTo, type Place, type Prefix } from './place.js';
import {
  isTruth,
  operands,
  sum,
  product,
  unary,
  select,
  literal,
  not,
  and,
  type Node,
  type Number_,
  type Truth,
} from './tree.js';
import { seenFrom, type View } from './view.js';

/** The elements of an index set other than the one that it is seen from. */
export interface MemberSet {
  readonly prefix: Prefix;
  readonly from: Level;
  readonly to: Level;
  /** Where a generic member is. */
  readonly place: Place;
  readonly ownInside: boolean;
  /** The set of which a member is what this one is seen from. */
  readonly parent?: MemberSet;
  /** Its name in the view; absent where the view declares no family in it. */
  readonly declared?: string;
}
export interface Others {
  readonly set: MemberSet;
  /** Where a generic member is read. */
  readonly place: Place;
  /** The level of the member into which what it holds is reduced first. */
  readonly within?: Level;
}
export interface Members {
  readonly own?: Place;
  readonly others: readonly Others[];
  /** One that the others hold and that does not belong. */
  readonly except?: Place;
  /** Read what is paired at the other rollout alone. */
  readonly isUnpaired: boolean;
}
export interface Sets {
  readonly membersOf: (
    over: { readonly from: IndexLevel; readonly to: IndexLevel },
    reads: readonly Node[],
    moves: boolean,
    place: Place,
  ) => Members;
  readonly all: () => readonly MemberSet[];
}

export function setsFor(view: View, own: Place): Sets {
  const known = new Map<string, MemberSet>();
  const byPrefix = new Map<Prefix, MemberSet>();

  /** Where a level's element was introduced, with all that is known below it. */
  const homeOf = (place: Place, level: IndexLevel): Place => {
    const prefix = elementAt(place, level);
    return prefix === OWN ? own : (byPrefix.get(prefix)?.place ?? place);
  };

  function flat(from: Level, to: Level, home: Place): Others {
    const inside = home.elements.get(from);
    const outer = elementAt(home, to);
    const key = `${from} ${to} ${keyOf(upTo(home, to))} ${inside ?? '-'}`;
    const found = known.get(key);
    if (found !== undefined) return { set: found, place: found.place };
    const ownInside = inside !== undefined;
    const isFree = (name: string): boolean => seenFrom(name) === outer && !byPrefix.has(`${name}.`);
    const declared =
      view.families.find(
        (one) => one.from === from && one.to === to && one.ownInside === ownInside && isFree(one.set),
      )?.set ?? implied(from, to, isFree);
    const prefix = declared === undefined ? `?${String(known.size)}.` : `${declared}.`;
    const parent = byPrefix.get(outer);
    const set: MemberSet = {
      prefix,
      from,
      to,
      ownInside,
      place: below(home, to, from, prefix),
      ...(parent !== undefined && { parent }),
      ...(declared !== undefined && { declared }),
    };
    known.set(key, set);
    byPrefix.set(prefix, set);
    return { set, place: set.place };
  }

  /** A set in which no family is declared, but from whose members others are seen that fit. */
  function implied(from: Level, to: Level, isFree: (name: string) => boolean): string | undefined {
    const own_ = new Set(view.families.map(({ set }) => set));
    const names = [...own_]
      .map((name) => seenFrom(name).slice(0, -1))
      .filter((name) => name !== '' && !own_.has(name));
    const fits = (name: string): boolean =>
      view.families
        .filter(({ set }) => seenFrom(set) === `${name}.`)
        .every(
          (one) =>
            isFiner(one.to, to) && !isFiner(one.to, from) && one.ownInside === !isFiner(one.from, from),
        );
    return names.find((name) => isFree(name) && fits(name));
  }

  function membersOf(
    { from, to }: { readonly from: IndexLevel; readonly to: IndexLevel },
    reads: readonly Node[],
    moves: boolean,
    place: Place,
  ): Members {
    if (from === 'peer') return peersOf(reads, place);
    if (to === 'peer') return reject('claim', 'nothing reduces to pairs');
    const home = homeOf(place, to);
    const inside = home.elements.has(from) ? { own: upTo(home, from) } : {};
    if (!moves) {
      const whole = flat(from, to, home);
      if (whole.set.declared !== undefined) return { ...inside, others: [whole], isUnpaired: false };
    }
    const others: Others[] = [];
    let outer: Level = to;
    for (const level of LEVELS.filter((one) => isFiner(one, to) && !isFiner(one, from))) {
      if (!home.elements.has(level)) {
        others.push(flat(from, outer, home));
        break;
      }
      others.push({
        ...flat(level, parentOf(level) ?? 'batch', home),
        ...(level !== from && { within: level }),
      });
      outer = level;
    }
    return { ...inside, others, isUnpaired: false };
  }

  function peersOf(reads: readonly Node[], place: Place): Members {
    const rollout = elementAt(place, 'rollout');
    const home = homeOf(place, 'group');
    const seen = home.elements.get('rollout');
    const siblings = flat('rollout', 'group', home);
    if (rollout === seen) {
      const pair: Place = { ...upTo(place, 'rollout'), other: siblings.set.prefix };
      return { others: [{ ...siblings, place: pair }], isUnpaired: false };
    }
    // The others of another rollout are all of the group but that one, if nothing of it is read.
    if (reads.some((one) => atOther(one) === undefined))
      return reject('claim', 'pairs of two other rollouts are not read');
    const own_ = seen === undefined ? {} : { own: upTo(home, 'rollout') };
    return { ...own_, others: [siblings], except: upTo(place, 'rollout'), isUnpaired: true };
  }
  return { membersOf, all: () => [...known.values()] };
}

/** A value at a pair as one at the other rollout alone; nothing where it reads the first rollout too. */
export function atOther<Kind extends Node>(node: Kind): Kind | undefined {
  return (isTruth(node) ? truthAtOther(node) : numberAtOther(node)) as Kind | undefined;
}
function numberAtOther(node: Number_): Number_ | undefined {
  if (node.op === 'swap') return node.x.level === 'rollout' ? node.x : undefined;
  if (isFiner('rollout', node.level)) return node;
  const parts = operands(node).map((one) => atOther(one));
  const numbers = parts.flatMap((one) => (one === undefined || isTruth(one) ? [] : [one]));
  const [first, second] = numbers;
  if (parts.includes(undefined)) return undefined;
  switch (node.op) {
    case 'sum':
      return sum(...numbers);
    case 'product':
      return product(...numbers);
    case 'inverse':
    case 'exp':
    case 'log':
    case 'root':
    case 'stop':
      return first && unary(node.op, first);
    case 'select': {
      const condition = truthAtOther(node.if);
      return condition && first && second && select(condition, first, second);
    }
    default:
      return undefined;
  }
}
function truthAtOther(node: Truth): Truth | undefined {
  if (node.op === 'swapped') return node.x.level === 'rollout' ? node.x : undefined;
  if (isFiner('rollout', node.level)) return node;
  switch (node.op) {
    case 'not': {
      const inner = truthAtOther(node.x);
      return inner && not(inner);
    }
    case 'and': {
      const parts = node.of.map(truthAtOther);
      const known = parts.filter((one) => one !== undefined);
      return known.length === parts.length ? and(...known) : undefined;
    }
    case '>=':
    case '>':
    case '==':
    case '!=': {
      const inner = numberAtOther(node.x);
      return inner && literal(node.op, inner);
    }
    default:
      return undefined;
  }
}
