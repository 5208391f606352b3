/** A view as a certificate writes it. */
import { truth } from '../../proof/build.js';
import type { Family, Lift, Rest, View } from '../../proof/certificate.js';
import { printExpr } from '../../ir/print.js';
import type { Lifted } from './lifts.js';
import type { Single } from './pairs.js';
import type { Reader } from './reader.js';
import type { ScanSign } from './scans.js';
import type { MemberSet, Part } from './session.js';
import { splitsOf } from './splits.js';

/** What a reader has named, and the lifts that were found. */
export function viewOf(
  reader: Reader,
  opaque: ReadonlySet<string>,
  found: readonly Lifted[],
  signs: readonly ScanSign[] = [],
  singles: readonly Single[] = [],
): View {
  const { session: names } = reader;
  const parted = new Set(names.parts().map(({ set }) => set));
  // Of a set that nothing is summed over, members may be spoken of all the same: that values of theirs are defined.
  const whole = names.sets().flatMap((set) => (parted.has(set) ? [] : [wholeOf(set)]));
  const families: readonly Family[] = [...names.parts(), ...whole].map(({ name, set, where, copy }) => ({
    name,
    set: set.name,
    from: set.from,
    to: set.to,
    ...(copy !== undefined && { copy }),
    where,
    ownInside: set.ownInside,
  }));
  const rests: readonly Rest[] = names
    .rests()
    .map(({ name, part, reduce, body }) => ({ name, family: part.name, reduce, body }));
  return {
    opaque: [...opaque].sort(),
    families,
    rests,
    splits: names.sets().flatMap((set) =>
      splitsOf(names, set).map(({ whole, then, else: otherwise, on }) => ({
        family: whole.name,
        on,
        then: then.name,
        else: otherwise.name,
      })),
    ),
    unknowns: [...names.unknowns()].map(([name, { node }]) => ({
      name,
      what: node.op === 'reduce' ? node.reduce : node.op,
      of: printExpr(node, true),
    })),
    lifts: found.map(({ part, relation, weights, constant, by }): Lift => ({
      family: part.name,
      relation,
      weights: weights.map(({ rest, weight }) => ({ rest: rest.name, weight })),
      constant,
      by,
    })),
    ...(signs.length > 0 && {
      scans: signs.map(({ name, set, relation, by }) => ({ name, set: set.name, relation, by })),
    }),
    ...(singles.length > 0 && { singles: singles.map(({ part, by }) => ({ family: part.name, by })) }),
  };
}

const wholeOf = (set: MemberSet): Part => ({ name: set.name, set, where: truth(true) });
